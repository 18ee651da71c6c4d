"""Addresses of this room."""

from django.urls import path

from kith.learning.views import package_files, packages, playing, xapi

app_name = "learning"

urlpatterns = [
    path("packages/", packages.index, name="packages"),
    path("packages/new/", packages.upload, name="package_upload"),
    path("packages/<uuid:pk>/", packages.package, name="package"),
    path("packages/<uuid:pk>/begin/", packages.begin, name="package_begin"),
    path("packages/<uuid:pk>/remove/", packages.remove, name="package_remove"),
    path("packages/<uuid:pk>/files/<str:key>/<path:path>", package_files.file, name="package_file"),
    path("packages/runs/<uuid:pk>/", playing.play, name="package_play"),
    path("packages/runs/<uuid:pk>/launch/", playing.launch, name="package_launch"),
    path("packages/runs/<uuid:pk>/save/", playing.save, name="package_save"),
    path("packages/xapi/<uuid:pk>/fetch/<str:secret>", xapi.fetch, name="xapi_fetch"),
    path("packages/xapi/<uuid:pk>/about", xapi.about, name="xapi_about"),
    path("packages/xapi/<uuid:pk>/statements", xapi.statements, name="xapi_statements"),
    path("packages/xapi/<uuid:pk>/activities/state", xapi.state, name="xapi_state"),
    path("packages/xapi/<uuid:pk>/agents/profile", xapi.profile, name="xapi_profile"),
]
