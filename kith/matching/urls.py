"""Addresses of this room, under matching/."""

from django.urls import path

from kith.matching.views import offers, proposals, rounds

app_name = "matching"

urlpatterns = [
    path("", rounds.start, name="start"),
    path("programmes/<uuid:pk>/round/", rounds.open_round, name="open_round"),
    path("programmes/<uuid:pk>/held-back/", rounds.held_back, name="held_back"),
    path("rounds/<uuid:pk>/", rounds.round_page, name="round"),
    path("rounds/<uuid:pk>/unmatched/", rounds.unmatched, name="unmatched"),
    path("rounds/<uuid:pk>/solve/", rounds.solve, name="solve"),
    path("rounds/<uuid:pk>/close/", rounds.close, name="close"),
    path("proposals/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:pk>/keep/", proposals.keep, name="keep"),
    path("proposals/<uuid:pk>/free/", proposals.free, name="free"),
    path("proposals/<uuid:pk>/accept/", proposals.accept, name="accept"),
    path("proposals/<uuid:pk>/reject/", proposals.reject, name="reject"),
    path("proposals/<uuid:pk>/instead/", proposals.take_instead, name="instead"),
    path("proposals/<uuid:pk>/answer/", proposals.note_answer, name="note_answer"),
    path("proposals/<uuid:pk>/withdraw/", proposals.withdraw, name="withdraw"),
    path("offers/<uuid:pk>/", offers.offer, name="offer"),
]
