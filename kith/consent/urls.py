"""Addresses of this room, under consent/."""

from django.urls import path

from kith.consent.views import asking, mine, papers, pdf

app_name = "consent"

urlpatterns = [
    path("mine/", mine.mine, name="mine"),
    path("mine/<slug:key>/", mine.one, name="my_purpose"),
    path("mine/<slug:key>/back/", mine.take_back, name="my_withdrawal"),
    path("ask/", asking.unasked, name="unasked"),
    path("ask/next/", asking.after_import, name="after_import"),
    path("people/<uuid:pk>/", papers.person, name="person"),
    path("people/<uuid:pk>/history/", papers.history, name="history"),
    path("people/<uuid:pk>/noted/", asking.noted, name="noted"),
    path("people/<uuid:pk>/<slug:key>/", asking.talk, name="talk"),
    path("people/<uuid:pk>/<slug:key>/back/", asking.withdraw, name="withdraw"),
    path("decisions/<uuid:pk>/", papers.receipt, name="receipt"),
    path("decisions/<uuid:pk>/pdf/", pdf.receipt, name="receipt_pdf"),
    path("texts/<slug:key>/", papers.text, name="text"),
    path("texts/<slug:key>/pdf/", pdf.text, name="text_pdf"),
]
