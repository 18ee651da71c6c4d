"""Addresses of this room."""

from django.urls import path

from kith.learning.views import package_files, packages, playing

app_name = "learning"

urlpatterns = [
    path("packages/", packages.index, name="packages"),
    path("packages/new/", packages.upload, name="package_upload"),
    path("packages/<uuid:pk>/", packages.package, name="package"),
    path("packages/<uuid:pk>/begin/", packages.begin, name="package_begin"),
    path("packages/<uuid:pk>/remove/", packages.remove, name="package_remove"),
    path("packages/<uuid:pk>/files/<str:key>/<path:path>", package_files.file, name="package_file"),
    path("packages/runs/<uuid:pk>/", playing.play, name="package_play"),
    path("packages/runs/<uuid:pk>/save/", playing.save, name="package_save"),
]
