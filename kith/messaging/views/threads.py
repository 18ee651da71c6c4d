"""One's own messages: the list of matches, the messages of one, and writing."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.gate.permissions import allows, has
from kith.mentoring.models import Match
from kith.mentoring.queries import lists
from kith.mentoring.queries.members import own_rows, people_now
from kith.messaging import commands, forms
from kith.messaging.models import Report
from kith.messaging.permissions import READ_MESSAGES, SEE_REPORTS
from kith.messaging.queries import reports, threads
from kith.messaging.rules.caution import cautions
from kith.messaging.rules.limits import KEEP_AFTER_CLOSING
from kith.messaging.views import shown
from kith.messaging.views.shared import around, match_or_404, names, to_newest
from kith.web.acts import actor_of, done
from kith.web.words import full_day, near


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """One's own matches; with a single one its messages at once."""
    actor = actor_of(request)
    if not has(actor, READ_MESSAGES) and has(actor, SEE_REPORTS):
        return redirect("messaging:reports")
    check(actor, READ_MESSAGES)
    found = threads.threads(actor)
    if len(found) == 1:
        return to_newest(found[0].match)
    lines = [_line(actor, one) for one in found]
    return render(request, "messaging/start.html", {"lines": lines})


def _line(actor: Actor, one: threads.Thread) -> dict[str, object]:
    when = near(one.last_at.date(), clock.today()) if one.last_at else ""
    return {
        "match": one.match,
        "names": names(actor, one.match),
        "context": _("Last message %(when)s") % {"when": when} if when else _("No message yet"),
        "unread": new_words(one.unread) if one.unread else "",
    }


def new_words(number: int) -> str:
    """How many messages wait, in words."""
    return ngettext("%(number)d new", "%(number)d new", number) % {"number": number}


@require_GET
def thread(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The messages of one match: the newest at the bottom, where one writes."""
    match, actor = match_or_404(request, pk), actor_of(request)
    before = threads.Place.read(request.GET.get("before", ""))
    page = _page(actor, match, before)
    seats = threads.own_seats(actor, [match.pk])
    if before is None and seats and seats[match.pk].unread:
        commands.look(actor, match=match, now=clock.now())
    return render(request, "messaging/thread.html", page)


def _page(
    actor: Actor, match: Match, before: threads.Place | None, form: forms.MessageForm | None = None
) -> dict[str, object]:
    found = threads.page(actor, match=match, before=before)
    me = own_rows(actor, [match]).get(match.pk)
    closed_on = match.closed_on
    return {
        **around(actor, match),
        "lines": shown.said(found, me=me.person_id if me else None, today=clock.today()),
        "earlier": f"?before={found.earlier}#newest" if found.earlier else "",
        "is_newest": before is None,
        "form": form or forms.MessageForm(),
        "kept_until": full_day(closed_on + KEEP_AFTER_CLOSING) if closed_on else "",
        "has_nobody": not _somebody_reads(actor, match),
    }


def _somebody_reads(actor: Actor, match: Match) -> bool:
    """Whether anybody else of the match has an account, with which they read."""
    others = (row.person.user_id for row in people_now(match))
    return any(user_id is not None and user_id != actor.user_id for user_id in others)


@require_http_methods(["POST"])
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a message; first a question where a number, an account or money stands in it."""
    match, actor = match_or_404(request, pk), actor_of(request)
    form = forms.MessageForm(request.POST)
    if form.is_valid() and not form.cleaned_data["anyway"]:
        asked = cautions(form.cleaned_data["text"])
        if asked:
            page = {
                **around(actor, match),
                "form": form,
                "asked": [shown.ASKED[one] for one in asked],
            }
            return render(request, "messaging/question.html", page)
    if done(
        form,
        lambda: commands.send_message(
            actor, match=match, text=form.cleaned_data["text"], now=clock.now()
        ),
    ):
        return to_newest(match)
    return render(request, "messaging/thread.html", _page(actor, match, None, form), status=422)


@require_GET
def of_match(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section of a match: to one's own messages; for staff only what was shown to them."""
    actor = actor_of(request)
    match = lists.matches(actor).filter(pk=pk).first()
    if match is not None and allows(actor, READ_MESSAGES, match):
        seat = threads.own_seats(actor, [match.pk]).get(match.pk)
        page = {**around(actor, match), "line": _line(actor, threads.Thread(match, seat))}
        return render(request, "messaging/of_match.html", page)
    return _for_staff(request, actor, match)


def _for_staff(request: HttpRequest, actor: Actor, match: Match | None) -> HttpResponse:
    check(actor, SEE_REPORTS)
    rows = reports.of_match(actor, match) if match is not None else []
    lines = [report_line(row) for row in rows]
    return render(request, "messaging/of_match_staff.html", {"lines": lines})


def report_line(row: Report) -> dict[str, object]:
    """One report in a list: whose match, when, and whether it waits. Never what was written."""
    return {"report": row, "when": shown.moment(row.reported_at, clock.today())}
