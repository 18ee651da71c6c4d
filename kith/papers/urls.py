"""Addresses of this room, under papers/."""

from django.urls import path

from kith.papers.views import letters, papers, writing

app_name = "papers"

urlpatterns = [
    path("<uuid:pk>/", papers.of_match, name="of_match"),
    path("<uuid:pk>/letters/", letters.letters, name="letters"),
    path("<uuid:pk>/letters/<uuid:letter>/pdf/", letters.pdf, name="letter_pdf"),
    path("<uuid:pk>/letters/<slug:kind>/<uuid:person>/", letters.write, name="letter"),
    path("<uuid:pk>/<slug:key>/", papers.paper, name="paper"),
    path("<uuid:pk>/<slug:key>/pdf/", papers.pdf, name="pdf"),
    path("<uuid:pk>/<slug:key>/form/", papers.blank, name="blank"),
    path("<uuid:pk>/<slug:key>/history/", papers.history, name="history"),
    path("<uuid:pk>/<slug:key>/yes/<uuid:person>/", writing.say_yes, name="say_yes"),
    path("<uuid:pk>/<slug:key>/<slug:section>/text/", writing.text, name="text"),
    path("<uuid:pk>/<slug:key>/<slug:section>/ticks/", writing.ticks, name="ticks"),
    path("<uuid:pk>/<slug:key>/<slug:section>/words/<uuid:voice>/", writing.voice, name="voice"),
    path("<uuid:pk>/<slug:key>/<slug:section>/lines/new/", writing.line, name="new_line"),
    path("<uuid:pk>/<slug:key>/<slug:section>/lines/<slug:line>/", writing.line, name="line"),
    path(
        "<uuid:pk>/<slug:key>/<slug:section>/lines/<slug:line>/out/",
        writing.take_out,
        name="take_out",
    ),
    path(
        "<uuid:pk>/<slug:key>/<slug:section>/lines/<slug:line>/meeting/",
        writing.plan_line,
        name="plan_line",
    ),
]
