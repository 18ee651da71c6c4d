"""Addresses of this room, under interpreters/."""

from django.urls import path

from kith.interpreters.views import bookings, costs, register

app_name = "interpreters"

urlpatterns = [
    path("", register.start, name="start"),
    path("new/", register.new, name="new"),
    path("bookings/", bookings.bookings, name="bookings"),
    path("bookings/<uuid:pk>/", bookings.booking, name="booking"),
    path("bookings/<uuid:pk>/answer/", bookings.answer, name="answer"),
    path("bookings/<uuid:pk>/call-off/", bookings.call_off, name="call_off"),
    path("bookings/<uuid:pk>/new-time/", bookings.new_time, name="new_time"),
    path("months/<slug:month>/", costs.month, name="month"),
    path("months/<slug:month>/save/", costs.save_month, name="save_month"),
    path("costs/<uuid:pk>/", costs.cost, name="cost"),
    path("people/<uuid:pk>/", bookings.person, name="person"),
    path("people/<uuid:pk>/need/", bookings.need, name="need"),
    path("needs/<uuid:pk>/book/", bookings.book, name="book"),
    path("needs/<uuid:pk>/end/", bookings.end_need, name="end_need"),
    path("<uuid:pk>/", register.interpreter, name="interpreter"),
    path("<uuid:pk>/edit/", register.edit, name="edit"),
    path("<uuid:pk>/accept/", register.accept, name="accept"),
    path("<uuid:pk>/left/", register.left, name="left"),
]
