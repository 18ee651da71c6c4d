"""Addresses of this room, under messages/."""

from django.urls import path

from kith.messaging.views import files, reports, threads, wording

app_name = "messaging"

urlpatterns = [
    path("", threads.start, name="start"),
    path("shown/", reports.all_of_them, name="reports"),
    path("shown/<uuid:pk>/", reports.report, name="report"),
    path("shown/<uuid:pk>/file/", files.shown_file, name="shown_file"),
    path("<uuid:pk>/", threads.thread, name="thread"),
    path("<uuid:pk>/send/", threads.send, name="send"),
    path("<uuid:pk>/file/", files.new, name="new_file"),
    path("<uuid:pk>/words/", wording.words, name="words"),
    path("<uuid:pk>/words/<uuid:pair>/", wording.word, name="word"),
    path("<uuid:pk>/words/<uuid:pair>/remove/", wording.remove, name="remove_word"),
    path("<uuid:pk>/of-match/", threads.of_match, name="of_match"),
    path("<uuid:pk>/<uuid:message>/file/", files.file, name="file"),
    path("<uuid:pk>/<uuid:message>/show/", reports.show, name="show"),
]
