"""Addresses of this room, under expenses/."""

from django.urls import path

from kith.expenses.views import book, deciding, own, plans, receipts

app_name = "expenses"

urlpatterns = [
    path("", own.mine, name="mine"),
    path("new/", own.new, name="new"),
    path("new/<uuid:pk>/", own.new_in, name="new_in"),
    path("claims/", deciding.start, name="start"),
    path("book/", book.book, name="book"),
    path("book/save/", book.save, name="save_book"),
    path("programmes/<uuid:pk>/", plans.plan, name="plan"),
    path("programmes/<uuid:pk>/of-programme/", plans.of_programme, name="of_programme"),
    path("<uuid:pk>/", own.claim, name="claim"),
    path("<uuid:pk>/add/", own.add, name="add"),
    path("<uuid:pk>/send/", own.send, name="send"),
    path("<uuid:pk>/correct/", own.correct, name="correct"),
    path("<uuid:pk>/withdraw/", own.withdraw, name="withdraw"),
    path("<uuid:pk>/decide/", deciding.decide, name="decide"),
    path("<uuid:pk>/paid/", deciding.paid, name="paid"),
    path("<uuid:pk>/<uuid:expense>/", own.change, name="change"),
    path("<uuid:pk>/<uuid:expense>/remove/", own.remove, name="remove"),
    path("<uuid:pk>/<uuid:expense>/receipt/", receipts.receipt, name="receipt"),
]
