"""Addresses of this room, under calendars/."""

from django.urls import path

from kith.calendars.views import own, programme

app_name = "calendars"

urlpatterns = [
    path("", own.mine, name="mine"),
    path("address/", own.renew, name="renew"),
    path("address/close/", own.close, name="close"),
    path("mail/", own.by_mail, name="by_mail"),
    path("file/<str:code>.ics", own.file, name="file"),
    path("programmes/<uuid:pk>/", programme.programme, name="programme"),
    path("programmes/<uuid:pk>/link/", programme.link, name="of_programme"),
]
