"""Addresses of this room, under rota/."""

from django.urls import path

from kith.rota.views import laying_out, rota, taking

app_name = "rota"

urlpatterns = [
    path("", rota.mine, name="mine"),
    path("<uuid:pk>/", rota.rota, name="rota"),
    path("<uuid:pk>/part/", rota.of_match, name="of_match"),
    path("<uuid:pk>/pdf/", rota.pdf, name="pdf"),
    path("<uuid:pk>/lay-out/", laying_out.lay_out, name="lay_out"),
    path("<uuid:pk>/new/", laying_out.add, name="new"),
    path("<uuid:pk>/<uuid:duty>/", laying_out.change, name="change"),
    path("<uuid:pk>/<uuid:duty>/who/", laying_out.fill, name="fill"),
    path("<uuid:pk>/<uuid:duty>/off/", laying_out.off, name="off"),
    path("<uuid:pk>/<uuid:duty>/take/", taking.take, name="take"),
    path("<uuid:pk>/<uuid:duty>/swap/", taking.ask, name="ask"),
    path("<uuid:pk>/<uuid:duty>/keep/", taking.keep, name="keep"),
    path("<uuid:pk>/<uuid:duty>/held/", taking.held, name="held"),
]
