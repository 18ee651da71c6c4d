"""Addresses of this room, under work/."""

from django.urls import path

from kith.work.views import applications, counts, cv, jobs, pages, qualifications

app_name = "work"

urlpatterns = [
    path("", counts.start, name="start"),
    path("mine/", pages.mine, name="mine"),
    path("people/<uuid:pk>/", pages.person, name="person"),
    path("people/<uuid:pk>/short/", pages.short, name="short"),
    path("people/<uuid:pk>/mentor/", pages.sharing, name="sharing"),
    path("people/<uuid:pk>/qualifications/new/", qualifications.new, name="new_qualification"),
    path(
        "people/<uuid:pk>/qualifications/<uuid:key>/",
        qualifications.qualification,
        name="qualification",
    ),
    path(
        "people/<uuid:pk>/qualifications/<uuid:key>/edit/",
        qualifications.edit,
        name="edit_qualification",
    ),
    path(
        "people/<uuid:pk>/qualifications/<uuid:key>/step/",
        qualifications.step,
        name="step_of_qualification",
    ),
    path(
        "people/<uuid:pk>/qualifications/<uuid:key>/remove/",
        qualifications.remove,
        name="remove_qualification",
    ),
    path("people/<uuid:pk>/cv/", cv.cvs, name="cvs"),
    path("people/<uuid:pk>/cv/<slug:language>/", cv.write, name="write_cv"),
    path("people/<uuid:pk>/cv/<slug:language>/pdf/", cv.pdf, name="cv_pdf"),
    path("people/<uuid:pk>/cv/<slug:language>/remove/", cv.remove, name="remove_cv"),
    path("people/<uuid:pk>/jobs/new/", jobs.new, name="new_job"),
    path("people/<uuid:pk>/jobs/<uuid:key>/", jobs.edit, name="job"),
    path("people/<uuid:pk>/jobs/<uuid:key>/remove/", jobs.remove, name="remove_job"),
    path("people/<uuid:pk>/applications/new/", applications.new, name="new_application"),
    path("people/<uuid:pk>/applications/<uuid:key>/", applications.application, name="application"),
    path(
        "people/<uuid:pk>/applications/<uuid:key>/edit/",
        applications.edit,
        name="edit_application",
    ),
    path(
        "people/<uuid:pk>/applications/<uuid:key>/interview/",
        applications.interview,
        name="new_interview",
    ),
    path(
        "people/<uuid:pk>/applications/<uuid:key>/remove/",
        applications.remove,
        name="remove_application",
    ),
    path(
        "people/<uuid:pk>/interviews/<uuid:key>/remove/",
        applications.remove_interview,
        name="remove_interview",
    ),
]
