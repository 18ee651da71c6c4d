"""Addresses of this room, under learning/."""

from django.urls import path

from kith.learning.views import bank, certificates, checking, parts, translating, wordings

app_name = "learning"

ORGANISATION = "issuer/<uuid:pk>/"
PART = "write/parts/<uuid:pk>/"
SCREEN = f"{PART}screens/<slug:name>/"
QUESTION = f"{PART}questions/of/<path:key>/"
PLACE = "<slug:place>"
TRANSLATED = f"{PART}languages/<slug:code>/{PLACE}/<path:name>/"

urlpatterns = [
    path("write/", wordings.index, name="write"),
    path("write/files/", wordings.upload, name="wording_upload"),
    path("write/courses/<uuid:pk>/copy/", wordings.copy, name="wording_copy"),
    path("write/<uuid:pk>/", wordings.wording, name="wording"),
    path("write/<uuid:pk>/use/", wordings.use, name="wording_use"),
    path("write/<uuid:pk>/discard/", wordings.discard, name="wording_discard"),
    path("write/<uuid:pk>/files/", wordings.files, name="wording_files"),
    path("write/<uuid:pk>/languages/", translating.choose, name="translate_choose"),
    path("write/<uuid:pk>/languages/<slug:code>/", translating.overview, name="translate"),
    path(
        "write/<uuid:pk>/languages/<slug:code>/course/",
        translating.course,
        name="translate_course",
    ),
    path(TRANSLATED, translating.piece, name="translate_piece"),
    path(PART, parts.part, name="write_part"),
    path(f"{PART}about/", parts.head, name="write_head"),
    path(f"{PART}preview/", parts.preview, name="write_preview"),
    path(f"{PART}screen/", parts.new_screen, name="new_screen"),
    path(SCREEN, parts.screen, name="write_screen"),
    path(f"{SCREEN}move/", parts.move_screen, name="move_screen"),
    path(f"{SCREEN}remove/", parts.remove_screen, name="remove_screen"),
    path(f"{PART}source/", parts.source, name="new_source"),
    path(f"{PART}sources/<slug:key>/", parts.source, name="write_source"),
    path(f"{PART}sources/<slug:key>/remove/", parts.remove_source, name="remove_source"),
    path(f"{PART}picture/", parts.new_picture, name="new_picture"),
    path(f"{PART}pictures/<uuid:picture>/", parts.picture, name="write_picture"),
    path(f"{PART}pictures/<uuid:picture>/remove/", parts.remove_picture, name="remove_picture"),
    path(f"{PART}questions/", bank.bank, name="bank"),
    path(f"{PART}questions/new/<slug:kind>/", bank.new, name="new_question"),
    path(f"{PART}questions/file/", bank.look, name="bank_look"),
    path(f"{PART}questions/take/", bank.take, name="bank_take"),
    path(f"{PART}questions/save/", bank.export, name="bank_export"),
    path(f"{PART}questions/save/file/", bank.export_file, name="bank_file"),
    path(f"{QUESTION}edit/", bank.question, name="question"),
    path(f"{QUESTION}text/", bank.question_text, name="question_text"),
    path(f"{QUESTION}remove/", bank.remove, name="remove_question"),
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
]
