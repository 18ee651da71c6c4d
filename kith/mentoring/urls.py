"""Addresses of this room, under matches/."""

from django.urls import path

from kith.mentoring.views import (
    agreement,
    checks,
    endings,
    goals,
    lasting,
    matches,
    meetings,
    pauses,
    picture,
    supervision,
    talks,
)

app_name = "mentoring"

urlpatterns = [
    path("", matches.start, name="start"),
    path("mine/", matches.mine, name="mine"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("supervision/new/", supervision.plan, name="plan_supervision"),
    path("supervision/mine/", supervision.mine, name="my_supervision"),
    path("supervision/<uuid:pk>/", supervision.session, name="session"),
    path("supervision/<uuid:pk>/off/", supervision.call_off, name="call_off_session"),
    path("load/<uuid:pk>/", supervision.load, name="load"),
    path("load/<uuid:pk>/keep/", supervision.keep_load, name="keep_load"),
    path("lasting/<uuid:pk>/", lasting.lasting, name="lasting"),
    path("care/", talks.in_care, name="care"),
    path("of/<uuid:pk>/", matches.of_person, name="of_person"),
    path("<uuid:pk>/", matches.match, name="match"),
    path("<uuid:pk>/picture/", picture.picture, name="picture"),
    path("<uuid:pk>/pause/", pauses.pause, name="pause"),
    path("<uuid:pk>/pause/review/", pauses.review, name="review_pause"),
    path("<uuid:pk>/resume/", pauses.resume, name="resume"),
    path("<uuid:pk>/check/<slug:side>/", checks.answer, name="check"),
    path("<uuid:pk>/check/<slug:side>/rather-not/", checks.rather_not, name="rather_not"),
    path("<uuid:pk>/ending/", endings.plan, name="plan_ending"),
    path("<uuid:pk>/ending/more-time/", endings.more_time, name="more_time"),
    path("<uuid:pk>/close/", matches.close, name="close"),
    path("<uuid:pk>/agreement/", agreement.agreement, name="agreement"),
    path("<uuid:pk>/agreement/pdf/", agreement.pdf, name="agreement_pdf"),
    path("<uuid:pk>/agreement/<uuid:person>/", agreement.sign, name="sign"),
    path("<uuid:pk>/meetings/met/", meetings.met_today, name="met_today"),
    path("<uuid:pk>/meetings/new/", meetings.new, name="new_meeting"),
    path("<uuid:pk>/meetings/plan/", meetings.plan, name="plan_meeting"),
    path("<uuid:pk>/meetings/<uuid:meeting>/", meetings.correct, name="correct_meeting"),
    path("<uuid:pk>/meetings/<uuid:meeting>/held/", meetings.held, name="meeting_held"),
    path("<uuid:pk>/meetings/<uuid:meeting>/missed/", meetings.missed, name="meeting_missed"),
    path("<uuid:pk>/meetings/<uuid:meeting>/off/", meetings.called_off, name="meeting_off"),
    path("<uuid:pk>/talks/new/", talks.new, name="new_talk"),
    path("<uuid:pk>/goals/new/", goals.new, name="new_goal"),
    path("<uuid:pk>/goals/<uuid:goal>/", goals.goal, name="goal"),
    path("<uuid:pk>/goals/<uuid:goal>/end/", goals.end, name="end_goal"),
    path("<uuid:pk>/steps/<uuid:step>/tick/", goals.tick, name="tick_step"),
]
