"""Addresses of this room, under services/."""

from django.urls import path

from kith.services.views import finding, imports, keeping, referral_lists, referrals

app_name = "services"

urlpatterns = [
    path("", finding.start, name="start"),
    path("new/", keeping.new, name="new"),
    path("check/", keeping.to_check, name="to_check"),
    path("import/", imports.start, name="imports"),
    path("import/<uuid:pk>/", imports.one, name="import"),
    path("import/<uuid:pk>/entries/<slug:state>/", imports.entries, name="import_entries"),
    path("import/<uuid:pk>/store/", imports.store, name="store"),
    path("import/<uuid:pk>/undo/", imports.undo, name="undo"),
    path("import/<uuid:pk>/resume/", imports.resume, name="resume"),
    path("import/<uuid:pk>/forget/", imports.throw_away, name="throw_away"),
    path("export/json/", imports.save_json, name="save_json"),
    path("export/csv/", imports.save_csv, name="save_csv"),
    path("referrals/", referral_lists.everyone, name="referrals"),
    path("referrals/mine/", referral_lists.mine, name="mine"),
    path("referrals/<uuid:pk>/", referrals.referral, name="referral"),
    path("referrals/<uuid:pk>/answer/", referrals.answer, name="answer"),
    path("referrals/<uuid:pk>/withdraw/", referrals.withdraw, name="withdraw"),
    path("referrals/<uuid:pk>/sharing/", referrals.sharing, name="sharing"),
    path("referrals/<uuid:pk>/sharing/back/", referrals.take_back_sharing, name="unshare"),
    path("referrals/<uuid:pk>/send/", referrals.send, name="send"),
    path("referrals/<uuid:pk>/follow/", referrals.follow, name="follow"),
    path("referrals/<uuid:pk>/later/", referrals.later, name="later"),
    path("referrals/<uuid:pk>/deletion/", referrals.deletion, name="deletion"),
    path("referrals/<uuid:pk>/feedback/", referrals.feedback, name="feedback"),
    path("people/<uuid:pk>/", referral_lists.person, name="person"),
    path("<uuid:pk>/", finding.service, name="service"),
    path("<uuid:pk>/report/", finding.report, name="report"),
    path("<uuid:pk>/edit/", keeping.edit, name="edit"),
    path("<uuid:pk>/checked/", keeping.checked, name="checked"),
    path("<uuid:pk>/agreement/", keeping.agreement, name="agreement"),
    path("<uuid:pk>/offer/", referrals.offer, name="offer"),
]
