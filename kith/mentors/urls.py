"""Addresses of this room, under mentors/."""

from django.urls import path

from kith.mentors.views import answering, capacity, checklist, conduct, references

app_name = "mentors"

urlpatterns = [
    path("mine/", checklist.mine, name="mine"),
    path("of/<uuid:pk>/", checklist.of_person, name="of_person"),
    path("conduct/", conduct.conduct, name="conduct"),
    path("conduct/kept/", conduct.kept, name="kept_conduct"),
    path("conduct/own/", conduct.own_sentences, name="own_sentences"),
    path("references/", references.mine, name="references"),
    path("references/<uuid:pk>/", references.read, name="reference"),
    path("references/<uuid:pk>/back/", references.take_name_back, name="take_name_back"),
    path("references/<uuid:pk>/decide/", references.decide, name="decide_reference"),
    path("references/<uuid:pk>/link/", references.new_link, name="new_reference_link"),
    path("answer/<slug:language>/<str:code>/", answering.answer, name="answer"),
    path("capacity/", capacity.mine, name="capacity"),
    path("capacity/rest/", capacity.rest, name="rest"),
    path("capacity/again/", capacity.end_rest, name="end_rest"),
    path("resting/<uuid:pk>/", capacity.resting, name="resting"),
    path("resting/<uuid:pk>/settled/", capacity.settle, name="settle_rest"),
]
