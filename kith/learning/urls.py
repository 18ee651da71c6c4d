"""Addresses of this room, under learning/."""

from django.urls import path

from kith.learning.views import certificates, checking

app_name = "learning"

ORGANISATION = "issuer/<uuid:pk>/"

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
]
