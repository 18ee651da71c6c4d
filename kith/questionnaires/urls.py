"""Addresses of this room, under questionnaires/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from kith.questionnaires.views import answering, asking, making, own, screens, whole, writing


class KeyConverter(StringConverter):
    """The key of a screen or question: letters of any script, digits, points and lines."""

    regex = r"[\w.\-]+"


register_converter(KeyConverter, "key")

app_name = "questionnaires"

urlpatterns = [
    path("", making.index, name="index"),
    path("new/", making.new, name="new"),
    path("new/packs/<slug:key>/", making.take_pack, name="take_pack"),
    path("new/file/", making.upload, name="upload"),
    path("new/write/", making.write, name="write"),
    path("ask/", asking.choose_programme, name="choose_programme"),
    path("mine/", own.mine, name="mine"),
    path("asked/<uuid:pk>/<key:occasion>/", answering.start, name="start"),
    path("asked/<uuid:pk>/<key:occasion>/begin/", answering.begin, name="begin"),
    path("asked/<uuid:pk>/<key:occasion>/rather-not/", answering.decline, name="decline"),
    path("answers/<uuid:pk>/", answering.read, name="read"),
    path("answers/<uuid:pk>/take-back/", answering.forget, name="forget"),
    path("answers/<uuid:pk>/review/", answering.review, name="review"),
    path("answers/<uuid:pk>/stop/", answering.stop, name="stop"),
    path("answers/<uuid:pk>/all/", whole.answers, name="all"),
    path("answers/<uuid:pk>/questions/", whole.answers_questions, name="answers_questions"),
    path("answers/<uuid:pk>/at/<key:key>/", screens.screen, name="screen"),
    path("people/<uuid:pk>/", answering.person, name="person"),
    path("people/<uuid:pk>/ask/<uuid:asking>/", answering.ask, name="ask_person"),
    path("programmes/<uuid:pk>/", asking.programme, name="programme"),
    path("programmes/<uuid:pk>/ask/", asking.ask, name="ask"),
    path("askings/<uuid:pk>/", asking.asking, name="asking"),
    path("askings/<uuid:pk>/stop/", asking.stop, name="stop_asking"),
    path("askings/<uuid:pk>/save/", asking.save, name="save"),
    path("files/<uuid:pk>/", asking.saved, name="saved"),
    path("versions/<uuid:pk>/", writing.version, name="version"),
    path("versions/<uuid:pk>/try/", whole.attempt, name="try"),
    path("versions/<uuid:pk>/questions/", whole.version_questions, name="version_questions"),
    path("versions/<uuid:pk>/form/", writing.save_form, name="form"),
    path("versions/<uuid:pk>/titles/", writing.titles, name="titles"),
    path("versions/<uuid:pk>/ready/", writing.make_ready, name="make_ready"),
    path("versions/<uuid:pk>/throw-away/", writing.throw_away, name="throw_away"),
    path("versions/<uuid:pk>/add/<slug:kind>/", writing.add_question, name="add_question"),
    path("versions/<uuid:pk>/change/<key:name>/", writing.change_question, name="change_question"),
    path("versions/<uuid:pk>/move/<key:name>/", writing.move_question, name="move_question"),
    path("versions/<uuid:pk>/remove/<key:name>/", writing.remove_question, name="remove_question"),
    path("<uuid:pk>/", making.questionnaire, name="questionnaire"),
    path("<uuid:pk>/file/", making.upload, name="upload_version"),
    path("<uuid:pk>/draft/", writing.begin_draft, name="begin_draft"),
    path("<uuid:pk>/retire/", making.retire, name="retire"),
]
