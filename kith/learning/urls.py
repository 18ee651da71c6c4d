"""Addresses of this room."""

from django.urls import path

from kith.learning.views import (
    asking,
    cohort,
    figures,
    front,
    joining,
    planning,
    reading_work,
    start,
)

app_name = "learning"

AT = "at/<slug:place>/<slug:language>/"

urlpatterns = [
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
    path("requests/", asking.requests, name="requests"),
    path("requests/<uuid:pk>/", asking.one, name="request"),
    path("requests/<uuid:pk>/close/", asking.close, name="close_request"),
    path("page/", asking.page, name="page"),
    # For everybody, without an account.
    path("at/<slug:place>/", front.any_language, name="any_language"),
    path(AT, front.front, name="front"),
    path(f"{AT}ask/", front.ask, name="ask"),
    path(f"{AT}thanks/", front.thanks, name="thanks"),
]
