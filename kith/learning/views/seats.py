"""A seat for somebody without an account: asking on the public page, the letter, confirming."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from kith.accounts.queries import member_by_login
from kith.base import clock, mail
from kith.learning.commands import seats as commands
from kith.learning.forms.joining import SeatForm
from kith.learning.models import Edition, SeatRequest
from kith.learning.queries import editions
from kith.learning.queries import seats as queries
from kith.learning.rules import words
from kith.learning.rules.joining import LINK_LASTS
from kith.learning.views.front import Visit, page, public, seat_url
from kith.learning.views.shared import Card, card_of
from kith.web import visitors
from kith.web.acts import done, typed
from kith.web.forms import KithForm

GONE = 410


@public
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, visit: Visit, pk: UUID) -> HttpResponse:
    """Ask for a seat; who cannot have one is told why, and what else there is."""
    row = get_object_or_404(queries.open_to_all(visit.visitor), pk=pk)
    if not mail.is_set_up():
        return redirect(seat_url(visit, row))
    form, mark = _form(request, visit, row), ""
    if request.method == "POST":
        if visitors.is_too_fast(request):
            return page(request, visit, "too_many.html", {}, status=visitors.TOO_MANY)
        mark = _mark(request, form)
        if done(form, lambda: _ask(request, visit, row, form)):
            return redirect(visit.url("seat_letter", pk))
    return _seat_page(request, visit, row, form, mark)


def _form(request: HttpRequest, visit: Visit, row: Edition) -> SeatForm:
    about = editions.about(row.course)
    languages = list(about.languages) if about is not None else [visit.language]
    first = {
        "country": visit.country,
        "language": visit.language if visit.language in languages else languages[0],
    }
    return SeatForm(typed(request), languages=languages, initial=first)


def _mark(request: HttpRequest, form: SeatForm) -> str:
    """The mark of the form; empty, and said, where it came too late or too fast."""
    mark = request.POST.get("mark", "")
    if visitors.read_mark(mark) is None:
        form.add_error(None, visitors.look_again())
        return ""
    return mark


def _ask(request: HttpRequest, visit: Visit, row: Edition, form: SeatForm) -> None:
    asked = commands.ask_for_seat(
        visit.visitor,
        edition=row,
        wish=form.wish,
        mark=request.POST.get("mark", ""),
        today=clock.today(),
        now=clock.now(),
    )
    address = form.wish.email
    if not asked.code or not visitors.may_write_to(request, address):
        return
    if _write(request, visit, row, address, asked.code) is mail.Outcome.LATER:
        commands.take_back_request(visit.visitor, request=asked.request)
        raise commands.NoLetter


def _write(
    request: HttpRequest, visit: Visit, row: Edition, address: str, code: str
) -> mail.Outcome:
    """Send the letter: to confirm, or to sign in and join where the address has an account here.

    Nothing in it was typed by whoever asked: it may be somebody else's address.
    """
    has_account = member_by_login(visit.visitor, address) is not None
    link = (
        reverse("learning:join", args=[row.pk]) if has_account else visit.url("confirm_seat", code)
    )
    values = {
        "has_account": has_account,
        "course": words.here(row.course.title),
        "edition": row.title,
        "organisation": visit.name,
        "days": LINK_LASTS.days,
        "link": request.build_absolute_uri(link),
    }
    text = render_to_string("learning/mail_seat.txt", values)
    return mail.send(to=address, subject=_("Your seat in a course"), text=text)


def _seat_page(
    request: HttpRequest, visit: Visit, row: Edition, form: SeatForm, mark: str
) -> HttpResponse:
    typed_country = form.cleaned_data.get("country", "") if form.is_bound else ""
    values = {"form": form, "mark": mark or visitors.new_mark()}
    return page(request, visit, "seat_ask.html", {**values, **_about(visit, row, typed_country)})


def _about(visit: Visit, row: Edition, country: str) -> dict[str, Any]:
    """The edition, why it does not take somebody, and what else there is then.

    country  empty while nobody has said where they work
    """
    card = card_of(row, country=country or _any_country(visit, row), today=clock.today())
    why = card.why if row.is_public else _("It is not open to everybody any more.")
    return {
        "card": card,
        "why": why,
        "front_url": visit.url("front"),
        "ask_url": visit.url("ask"),
        "days": LINK_LASTS.days,
        "others": _others(visit, row, country) if why else [],
    }


def _any_country(visit: Visit, row: Edition) -> str:
    return next(iter(row.countries), visit.country)


def _others(visit: Visit, row: Edition, country: str) -> list[tuple[Card, str]]:
    today = clock.today()
    found = queries.other_editions(visit.visitor, country=country, today=today, besides=row.pk)
    return [
        (
            card_of(one, country=country or _any_country(visit, one), today=today),
            seat_url(visit, one),
        )
        for one in found
    ]


@public
@require_GET
def sent(request: HttpRequest, visit: Visit, pk: UUID) -> HttpResponse:
    """A letter is on its way, whoever's the address is."""
    row = get_object_or_404(queries.open_to_all(visit.visitor), pk=pk)
    return page(request, visit, "seat_letter.html", _about(visit, row, ""))


@public
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """The link of the letter: a yes, and on to choosing a password."""
    row = queries.request_behind(visit.visitor, code, now=clock.now())
    if row is None:
        over = {"front_url": visit.url("front")}
        return page(request, visit, "seat_over.html", over, status=GONE)
    form = KithForm(typed(request))
    if request.method == "POST":
        if visitors.is_too_fast(request):
            return page(request, visit, "too_many.html", {}, status=visitors.TOO_MANY)
        kept: list[str] = []
        if done(form, lambda: kept.append(_confirm(visit, row))):
            return redirect("accounts:invitation", code=kept[0])
    values = {**_about(visit, row.edition, row.country), "form": form, "row": row}
    return page(request, visit, "seat_confirm.html", values)


def _confirm(visit: Visit, row: SeatRequest) -> str:
    return commands.confirm_seat(
        visit.visitor, request=row, language=visit.language, today=clock.today(), now=clock.now()
    )
