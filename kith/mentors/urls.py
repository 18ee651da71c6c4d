"""Addresses of this room, under mentors/."""

from django.urls import path

from kith.mentors.views import checklist, conduct

app_name = "mentors"

urlpatterns = [
    path("mine/", checklist.mine, name="mine"),
    path("of/<uuid:pk>/", checklist.of_person, name="of_person"),
    path("conduct/", conduct.conduct, name="conduct"),
    path("conduct/kept/", conduct.kept, name="kept_conduct"),
    path("conduct/own/", conduct.own_sentences, name="own_sentences"),
]
