"""Addresses of this room: join/ for everyone, welcome/ for those who signed in."""

from django.urls import path

from kith.welcome.views import (
    application,
    deciding,
    desk,
    doors,
    knocking,
    mine,
    partner,
    public,
    state,
    talks,
)

app_name = "welcome"

JOIN = "join/<slug:place>/<slug:language>/"

urlpatterns = [
    path("join/<slug:place>/", public.any_language, name="any_language"),
    path(JOIN, public.front, name="front"),
    path(f"{JOIN}state/", state.state, name="state"),
    path(f"{JOIN}request/", knocking.who_asks, name="request"),
    path(f"{JOIN}request/<slug:who>/", knocking.request_for, name="request_for"),
    path(f"{JOIN}mentor/<slug:door>/", knocking.mentor, name="mentor"),
    path("welcome/", desk.everyone, name="desk"),
    path("welcome/page/", doors.doors, name="doors"),
    path("welcome/page/poster/", doors.poster, name="poster"),
    path("welcome/page/<uuid:pk>/", doors.door, name="door"),
    path("welcome/mine/", mine.mine, name="mine"),
    path("welcome/mine/<uuid:pk>/leave/", mine.leave, name="leave"),
    path("welcome/mine/<uuid:pk>/break/", mine.take_break, name="break"),
    path("welcome/mine/<uuid:pk>/again/", mine.wait_again, name="again"),
    path("welcome/for-others/", partner.referred, name="referred"),
    path("welcome/for-others/new/", partner.refer, name="refer"),
    path("welcome/people/<uuid:pk>/", talks.person, name="person"),
    path("welcome/people/<uuid:pk>/talk/", talks.new_talk, name="new_talk"),
    path("welcome/<uuid:pk>/", application.application, name="application"),
    path("welcome/<uuid:pk>/take-on/", application.take_on, name="take_on"),
    path("welcome/<uuid:pk>/ask/", application.ask, name="ask"),
    path("welcome/<uuid:pk>/invite/", application.invite, name="invite"),
    path("welcome/<uuid:pk>/note/", application.note, name="note"),
    path("welcome/<uuid:pk>/accept/", deciding.accept, name="accept"),
    path("welcome/<uuid:pk>/decline/", deciding.decline, name="decline"),
    path("welcome/<uuid:pk>/letter/", deciding.letter, name="letter"),
]
