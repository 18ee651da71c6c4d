"""Addresses of this room, under services/."""

from django.urls import URLPattern

app_name = "services"

urlpatterns: list[URLPattern] = []
