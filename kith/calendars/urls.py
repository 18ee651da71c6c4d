"""Addresses of this room, under calendars/."""

from django.urls import path

from kith.calendars.views import of_match, of_mentor, own, programme

app_name = "calendars"

urlpatterns = [
    path("", own.mine, name="mine"),
    path("address/", own.renew, name="renew"),
    path("address/close/", own.close, name="close"),
    path("mail/", own.by_mail, name="by_mail"),
    path("file/<str:code>.ics", own.file, name="file"),
    path("programmes/<uuid:pk>/", programme.programme, name="programme"),
    path("programmes/<uuid:pk>/link/", programme.link, name="of_programme"),
    path("matches/<uuid:pk>/", of_match.match, name="match"),
    path("matches/<uuid:pk>/part/", of_match.part, name="of_match"),
    path("mentors/<uuid:pk>/", of_mentor.mentor, name="mentor"),
    path("mentors/<uuid:pk>/link/", of_mentor.link, name="of_mentor"),
]
