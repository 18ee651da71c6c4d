"""Addresses of this room, under messages/."""

from django.urls import path

from kith.messaging.views import reports, threads

app_name = "messaging"

urlpatterns = [
    path("", threads.start, name="start"),
    path("shown/", reports.all_of_them, name="reports"),
    path("shown/<uuid:pk>/", reports.report, name="report"),
    path("<uuid:pk>/", threads.thread, name="thread"),
    path("<uuid:pk>/send/", threads.send, name="send"),
    path("<uuid:pk>/of-match/", threads.of_match, name="of_match"),
    path("<uuid:pk>/<uuid:message>/show/", reports.show, name="show"),
]
