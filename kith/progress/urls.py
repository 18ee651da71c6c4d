"""Addresses of this room, under progress/."""

from django.urls import path

from kith.progress import views

app_name = "progress"

urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/way/", views.my_way, name="my_way"),
    path("mine/<slug:key>/", views.my_domain, name="my_domain"),
    path("mine/<slug:key>/open/", views.my_domain_open, name="my_domain_open"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("people/<uuid:pk>/way/", views.way, name="way"),
    path("people/<uuid:pk>/maps/<slug:made_on>/", views.one_map, name="map"),
    path("people/<uuid:pk>/maps/<slug:made_on>/pdf/", views.map_pdf, name="map_pdf"),
    path("people/<uuid:pk>/<slug:key>/", views.domain, name="domain"),
    path("people/<uuid:pk>/<slug:key>/open/", views.domain_open, name="domain_open"),
]
