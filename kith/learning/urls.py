"""Addresses of this room."""

from django.urls import path

from kith.learning.views import joining, start

app_name = "learning"

urlpatterns = [
    path("", start.start, name="start"),
    path("take/", start.take, name="take"),
    path("editions/", start.every, name="editions"),
    path("editions/<uuid:pk>/", joining.edition, name="edition"),
    path("editions/<uuid:pk>/join/", joining.join, name="join"),
    path("editions/<uuid:pk>/leave/", joining.leave, name="leave"),
]
