"""Addresses of this room, under matching/."""

from django.urls import path

from kith.matching.views import board, offers, proposals, rounds, runs, why

app_name = "matching"

urlpatterns = [
    path("", rounds.start, name="start"),
    path("rounds/new/", rounds.new_round, name="new_round"),
    path("programmes/<uuid:pk>/held-back/", rounds.held_back, name="held_back"),
    path("rounds/<uuid:pk>/", board.round_page, name="round"),
    path("rounds/<uuid:pk>/print/", board.print_round, name="print"),
    path("rounds/<uuid:pk>/unmatched/", board.unmatched, name="unmatched"),
    path("rounds/<uuid:pk>/wanted/", board.wanted, name="wanted"),
    path("rounds/<uuid:pk>/settings/", rounds.settings, name="settings"),
    path("rounds/<uuid:pk>/solve/", rounds.solve, name="solve"),
    path("rounds/<uuid:pk>/stop/", rounds.stop, name="stop"),
    path("rounds/<uuid:pk>/refresh/", rounds.refresh, name="refresh"),
    path("rounds/<uuid:pk>/close/", rounds.close, name="close"),
    path("rounds/<uuid:pk>/why/", why.why_not, name="why"),
    path("rounds/<uuid:pk>/keep/", why.keep, name="keep_pair"),
    path("rounds/<uuid:pk>/keep-despite/", why.keep_despite, name="keep_despite"),
    path("rounds/<uuid:pk>/look-for/<uuid:place>/", why.look_for, name="look_for"),
    path("runs/<uuid:pk>/", runs.run_page, name="run"),
    path("runs/<uuid:pk>/repeat/", runs.repeat, name="repeat"),
    path("people/<uuid:pk>/today/", why.of_person, name="of_person"),
    path("proposals/<uuid:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:pk>/keep/", proposals.keep, name="keep"),
    path("proposals/<uuid:pk>/free/", proposals.free, name="free"),
    path("proposals/<uuid:pk>/accept/", proposals.accept, name="accept"),
    path("proposals/<uuid:pk>/suggest/", proposals.suggest, name="suggest"),
    path("proposals/<uuid:pk>/reject/", proposals.reject, name="reject"),
    path("proposals/<uuid:pk>/instead/", proposals.take_instead, name="instead"),
    path("proposals/<uuid:pk>/answer/", proposals.note_answer, name="note_answer"),
    path("proposals/<uuid:pk>/more-days/", proposals.more_days, name="more_days"),
    path("proposals/<uuid:pk>/withdraw/", proposals.withdraw, name="withdraw"),
    path("offers/<uuid:pk>/", offers.offer, name="offer"),
]
