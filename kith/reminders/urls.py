"""Addresses of this room, under reminders/."""

from django.urls import path

from kith.reminders.views import own, planning, stopping

app_name = "reminders"

urlpatterns = [
    path("", own.mine, name="mine"),
    path("seen/", own.see_all, name="see_all"),
    path("settings/", own.settings, name="settings"),
    path("letters/", planning.letters, name="letters"),
    path("plan/", planning.plan, name="plan_house"),
    path("programmes/<uuid:pk>/", planning.of_programme, name="of_programme"),
    path("programmes/<uuid:pk>/plan/", planning.plan, name="plan"),
    path("stop/<str:code>/", stopping.stop, name="stop"),
    path("<uuid:pk>/", own.open_one, name="open"),
]
