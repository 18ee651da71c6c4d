"""Addresses of this room, under programmes/."""

from django.urls import path

from kith.programmes.views import guides, places, programmes, settings, templates

app_name = "programmes"

urlpatterns = [
    path("", programmes.index, name="index"),
    path("guides/", guides.library, name="guides"),
    path("guides/<slug:key>/", guides.guide, name="guide"),
    path("guides/<slug:key>/page/", guides.participant_page, name="guide_page"),
    path("guides/<slug:key>/pdf/", guides.pdf, name="guide_pdf"),
    path("templates/", templates.templates, name="templates"),
    path("templates/own/<uuid:pk>/words/", templates.newer_words, name="newer_words"),
    path("templates/own/<uuid:pk>/retire/", templates.retire, name="retire"),
    path("templates/own/<uuid:pk>/back/", templates.bring_back, name="bring_back"),
    path("templates/<slug:key>/", templates.template, name="template"),
    path("templates/<slug:key>/copy/", templates.copy, name="copy"),
    path("open/own/<uuid:pk>/", programmes.open_from_own, name="open_own"),
    path("open/<slug:key>/", programmes.open_programme, name="open"),
    path("settings/<slug:kind>/<uuid:pk>/", settings.overview, name="settings"),
    path("settings/<slug:kind>/<uuid:pk>/changes/", settings.changes, name="changes"),
    path("settings/<slug:kind>/<uuid:pk>/drop/", settings.drop, name="drop"),
    path("settings/<slug:kind>/<uuid:pk>/history/", settings.history, name="history"),
    path("settings/<slug:kind>/<uuid:pk>/<slug:key>/", settings.part, name="part"),
    path("people/<uuid:pk>/", places.person, name="person"),
    path("people/<uuid:pk>/enrol/<slug:side>/", places.enrol, name="enrol"),
    path("lists/<uuid:pk>/", places.imported, name="imported"),
    path("places/<uuid:pk>/", places.place, name="place"),
    path("places/<uuid:pk>/pause/", places.pause, name="pause"),
    path("places/<uuid:pk>/resume/", places.resume, name="resume"),
    path("places/<uuid:pk>/end/", places.end, name="end"),
    path("<uuid:pk>/", programmes.programme, name="programme"),
    path("<uuid:pk>/close/", programmes.close, name="close"),
    path("<uuid:pk>/waiting/", places.waiting, name="waiting"),
    path("<uuid:pk>/enrol/", places.enrol_many, name="enrol_many"),
]
