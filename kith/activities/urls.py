"""Addresses of this room, under activities/."""

from django.urls import path

from kith.activities.views import noting, pictures, planning, shown

app_name = "activities"

urlpatterns = [
    path("", shown.start, name="start"),
    path("past/", shown.past, name="past"),
    path("new/", planning.new, name="new"),
    path("<uuid:pk>/", shown.activity, name="activity"),
    path("<uuid:pk>/come/", shown.come, name="come"),
    path("<uuid:pk>/no/", shown.no, name="no"),
    path("<uuid:pk>/change/", planning.change, name="change"),
    path("<uuid:pk>/off/", planning.off, name="off"),
    path("<uuid:pk>/end/", planning.end, name="end"),
    path("<uuid:pk>/who/", noting.who, name="who"),
    path("<uuid:pk>/who/<uuid:person>/come/", noting.come_for, name="come_for"),
    path("<uuid:pk>/who/<uuid:person>/no/", noting.no_for, name="no_for"),
    path("<uuid:pk>/pictures/new/", pictures.new, name="new_picture"),
    path("<uuid:pk>/pictures/<uuid:picture>/", pictures.show, name="picture"),
    path("<uuid:pk>/pictures/<uuid:picture>/remove/", pictures.remove, name="remove_picture"),
]
