"""Addresses of this room, under people/."""

from django.urls import path

from kith.people.views import access, checks, families, imports, lists, records

app_name = "people"

urlpatterns = [
    path("", lists.start, name="start"),
    path("me/", records.me, name="me"),
    path("participants/", lists.participants, name="participants"),
    path("participants/new/", lists.new_participant, name="new_participant"),
    path("mentors/", lists.mentors, name="mentors"),
    path("mentors/new/", lists.new_mentor, name="new_mentor"),
    path("checks/", checks.checks, name="checks"),
    path("checks/<uuid:pk>/remove/", checks.remove_check, name="remove_check"),
    path("groups/", families.groups, name="groups"),
    path("groups/new/", families.new_group, name="new_group"),
    path("groups/<uuid:pk>/", families.group, name="group"),
    path("groups/<uuid:pk>/change/", families.change_group, name="change_group"),
    path("groups/<uuid:pk>/add/", families.group_member, name="group_member"),
    path("groups/members/<uuid:pk>/", families.group_role, name="group_role"),
    path("groups/members/<uuid:pk>/leave/", families.leave_group, name="leave_group"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:pk>/", imports.step, name="import"),
    path("imports/<uuid:pk>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:pk>/sheet/", imports.sheet, name="import_sheet"),
    path("imports/<uuid:pk>/words/", imports.words, name="import_words"),
    path("imports/<uuid:pk>/preview/", imports.preview, name="import_preview"),
    path("imports/<uuid:pk>/rows/", imports.rows, name="import_rows"),
    path("imports/<uuid:pk>/rows/<int:number>/", imports.row, name="import_row"),
    path("imports/<uuid:pk>/rows/<int:number>/leave/", imports.leave_row, name="leave_row"),
    path("imports/<uuid:pk>/twins/", imports.twins, name="import_twins"),
    path("imports/<uuid:pk>/report/", imports.report, name="import_report"),
    path("imports/<uuid:pk>/stop/", imports.stop, name="stop_import"),
    path("imports/<uuid:pk>/resume/", imports.resume, name="resume_import"),
    path("imports/<uuid:pk>/undo/", imports.undo, name="undo_import"),
    path("imports/<uuid:pk>/throw-away/", imports.throw_away, name="throw_away_import"),
    path("<uuid:pk>/", records.person, name="person"),
    path("<uuid:pk>/change/<slug:key>/", records.section, name="section"),
    path("<uuid:pk>/pause/", records.pause, name="pause"),
    path("<uuid:pk>/pause/end/", records.end_pause, name="end_pause"),
    path("<uuid:pk>/take-on/", records.take_on, name="take_on"),
    path("<uuid:pk>/take-side/", records.take_side, name="take_side"),
    path("<uuid:pk>/sign-in/", access.open_sign_in, name="open_sign_in"),
    path("<uuid:pk>/archive/", records.archive, name="archive"),
    path("<uuid:pk>/erase/", records.erase, name="erase"),
    path("<uuid:pk>/checks/new/", checks.new_check, name="new_check"),
    path("<uuid:pk>/family/", families.family, name="family"),
    path("<uuid:pk>/family/add/", families.family_adult, name="family_adult"),
    path("<uuid:pk>/family/leave/", families.leave_family, name="leave_family"),
]
