"""Addresses of this room, under programmes/."""

from django.urls import path

from kith.programmes.views import places, programmes

app_name = "programmes"

urlpatterns = [
    path("", programmes.index, name="index"),
    path("templates/", programmes.templates, name="templates"),
    path("templates/<slug:key>/", programmes.template, name="template"),
    path("open/<slug:key>/", programmes.open_programme, name="open"),
    path("people/<uuid:pk>/", places.person, name="person"),
    path("people/<uuid:pk>/enrol/<slug:side>/", places.enrol, name="enrol"),
    path("lists/<uuid:pk>/", places.imported, name="imported"),
    path("places/<uuid:pk>/", places.place, name="place"),
    path("places/<uuid:pk>/pause/", places.pause, name="pause"),
    path("places/<uuid:pk>/resume/", places.resume, name="resume"),
    path("places/<uuid:pk>/end/", places.end, name="end"),
    path("<uuid:pk>/", programmes.programme, name="programme"),
    path("<uuid:pk>/adapt/", programmes.adapt, name="adapt"),
    path("<uuid:pk>/close/", programmes.close, name="close"),
    path("<uuid:pk>/waiting/", places.waiting, name="waiting"),
    path("<uuid:pk>/enrol/", places.enrol_many, name="enrol_many"),
]
