"""Agreed expenses of a span of days, as a file for the bookkeeping."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.base.files import XLSX
from kith.expenses import commands
from kith.expenses.forms import SpanForm
from kith.expenses.permissions import KEEP_BOOK
from kith.expenses.queries import claims as queries
from kith.expenses.rules.book import as_csv, as_xlsx
from kith.gate.commands import check
from kith.web.acts import actor_of
from kith.web.money import money


@require_GET
def book(request: HttpRequest) -> HttpResponse:
    """What was agreed in a span; without one, in the month before this one."""
    actor = actor_of(request)
    check(actor, KEEP_BOOK)
    form = SpanForm(request.GET or _last_month(clock.today()))
    return render(request, "expenses/book.html", _page(request, form))


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """The same as a file: CSV, or a spreadsheet."""
    actor = actor_of(request)
    check(actor, KEEP_BOOK)
    form = SpanForm(request.POST)
    if not form.is_valid():
        return render(request, "expenses/book.html", _page(request, form), status=422)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    lines = commands.save_book(actor, first=first, last=last)
    name = f"expenses-{first.isoformat()}-{last.isoformat()}"
    if request.POST.get("kind") == "xlsx":
        return _file(as_xlsx(lines), XLSX, f"{name}.xlsx")
    # The mark at the start tells spreadsheets that letters beyond ASCII follow.
    return _file("\ufeff" + as_csv(lines), "text/csv; charset=utf-8", f"{name}.csv")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _last_month(today: date) -> dict[str, str]:
    last = today.replace(day=1) - timedelta(days=1)
    return {"first": last.replace(day=1).isoformat(), "last": last.isoformat()}


def _page(request: HttpRequest, form: SpanForm) -> dict[str, Any]:
    if not form.is_valid():
        return {"form": form, "sums": []}
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    sums = queries.sums_of_book(actor_of(request), first, last)
    return {
        "form": form,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "sums": [(number, money(cents, currency)) for currency, number, cents in sums],
    }
