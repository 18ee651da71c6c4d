"""Addresses of this room, under learning/."""

from django.urls import path

from kith.learning.views import (
    certificates,
    checking,
    cohort,
    figures,
    joining,
    package_files,
    packages,
    planning,
    player,
    playing,
    reading_work,
    start,
    trying,
    units,
    writing,
)

app_name = "learning"

ORGANISATION = "issuer/<uuid:pk>/"
SEAT = "seat/<uuid:pk>/"
QUIZ = f"{SEAT}quiz/<slug:part>/"
UNIT = "units/<slug:key>/"

urlpatterns = [
    path("certificates/", certificates.own, name="certificates"),
    path("certificates/all/", certificates.every, name="all_certificates"),
    path("certificates/<uuid:pk>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:pk>/paper/", certificates.paper, name="certificate_paper"),
    path("certificates/<uuid:pk>/badge/", certificates.badge, name="badge"),
    path("certificates/<uuid:pk>/token/", certificates.token, name="badge_token"),
    path("certificates/<uuid:pk>/revoke/", certificates.revoke, name="revoke"),
    path("certificates/<uuid:pk>/hours/", certificates.hours, name="hours"),
    path("check/", checking.start, name="check"),
    path("check/<slug:code>/", checking.code, name="check_code"),
    path(ORGANISATION, checking.issuer, name="issuer"),
    path(f"{ORGANISATION}keys.json", checking.keys, name="keys"),
    path(f"{ORGANISATION}status/<int:number>/", checking.revoked, name="revoked"),
    path(
        f"{ORGANISATION}achievements/<slug:course>/<slug:language>/",
        checking.achievement,
        name="achievement",
    ),
    # The player: fixed words first, so that no key of a module takes their place.
    path(SEAT, player.seat, name="seat"),
    path(f"{SEAT}language/", player.language, name="language"),
    path(QUIZ, trying.quiz, name="quiz"),
    path(f"{QUIZ}<int:number>/<int:place>/", trying.question, name="question"),
    path(f"{QUIZ}<int:number>/hand-in/", trying.hand_in, name="hand_in"),
    path(f"{QUIZ}<int:number>/review/", trying.review, name="review"),
    path(f"{SEAT}story/<slug:part>/", writing.story, name="story"),
    path(f"{SEAT}print/<slug:part>/", player.print_part, name="print"),
    path(f"{SEAT}<slug:part>/<slug:screen>/", player.screen, name="screen"),
    path("pictures/<uuid:part>/<str:digest>/<str:name>", player.picture, name="picture"),
    # Units: for everybody, without an account.
    path("units/", units.every, name="units"),
    path("units/<slug:language>/", units.in_language, name="units_in"),
    path(f"{UNIT}<slug:language>/", units.unit, name="unit"),
    path(f"{UNIT}pictures/<str:digest>/<str:name>", units.picture, name="unit_picture"),
    path("offline-worker.js", units.worker, name="worker"),
    path("", start.start, name="start"),
    path("take/", start.take, name="take"),
    path("editions/", start.every, name="editions"),
    path("editions/<uuid:pk>/", joining.edition, name="edition"),
    path("editions/<uuid:pk>/join/", joining.join, name="join"),
    path("editions/<uuid:pk>/leave/", joining.leave, name="leave"),
    path("courses/<uuid:pk>/new/", planning.new, name="new_edition"),
    path("editions/<uuid:pk>/change/", planning.change, name="change"),
    path("editions/<uuid:pk>/off/", planning.off, name="off"),
    path("editions/<uuid:pk>/tell/", planning.tell, name="tell"),
    path("editions/<uuid:pk>/certificates/", planning.certificates, name="give_certificates"),
    path("editions/<uuid:pk>/sessions/new/", planning.new_session, name="new_session"),
    path("sessions/<uuid:pk>/", planning.session, name="session"),
    path("sessions/<uuid:pk>/change/", planning.change_session, name="change_session"),
    path("sessions/<uuid:pk>/remove/", planning.remove_session, name="remove_session"),
    path("editions/<uuid:pk>/learners/", cohort.cohort, name="cohort"),
    path("learners/<uuid:pk>/", cohort.learner, name="learner"),
    path("courses/<uuid:pk>/questions/", figures.figures, name="figures"),
    path("questions/<uuid:pk>/<str:key>/", figures.wording, name="wording"),
    path("work/", reading_work.works, name="works"),
    path("work/<uuid:pk>/", reading_work.work, name="work"),
    path("packages/", packages.index, name="packages"),
    path("packages/new/", packages.upload, name="package_upload"),
    path("packages/<uuid:pk>/", packages.package, name="package"),
    path("packages/<uuid:pk>/begin/", packages.begin, name="package_begin"),
    path("packages/<uuid:pk>/remove/", packages.remove, name="package_remove"),
    path("packages/<uuid:pk>/files/<str:key>/<path:path>", package_files.file, name="package_file"),
    path("packages/runs/<uuid:pk>/", playing.play, name="package_play"),
    path("packages/runs/<uuid:pk>/save/", playing.save, name="package_save"),
]
