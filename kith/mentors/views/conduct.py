"""The code of conduct: read and accepted by mentors, kept by coordinators."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.commands import check
from kith.mentors import commands
from kith.mentors.forms import AcceptForm, OwnSentencesForm
from kith.mentors.models import ConductAcceptance
from kith.mentors.permissions import KEEP_CONDUCT
from kith.mentors.queries import conduct as queries
from kith.mentors.rules.conduct import GRACE
from kith.mentors.views.shared import key_or_none, me_or_404
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of, done, typed
from kith.web.words import full_day


@require_http_methods(["GET", "POST"])
def conduct(request: HttpRequest) -> HttpResponse:
    """Read the promise of mentors and say yes to it."""
    person, today = me_or_404(request), clock.today()
    language = _language(request)
    text, before = queries.in_force(language), queries.acceptance_of(person)
    form = AcceptForm(typed(request), initial={"language": language})
    if request.method == "POST" and done(
        form,
        lambda: commands.accept_conduct(
            actor_of(request), person=person, language=language, today=today, now=clock.now()
        ),
    ):
        messages.success(request, _("Thank you. Your yes is noted with today's date."))
        return redirect("mentors:mine")
    is_current = before is not None and before.edition == text.edition
    holds = is_current and before is not None and not queries.is_to_renew(before, today)
    page = {
        "form": form,
        "text": text,
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "languages": _languages(language),
        "accepted": _accepted(before) if before else "",
        "has_changed": before is not None and not is_current,
        "may_accept": not holds,
    }
    return render(request, "mentors/conduct.html", page)


def _language(request: HttpRequest) -> str:
    wanted = request.POST.get("language") or request.GET.get("language") or ""
    offered = dict(settings.LANGUAGES)
    return wanted if wanted in offered else get_language() or "en"


def _languages(current: str) -> list[tuple[str, str, bool]]:
    return [(code, language_name(code), code == current) for code, _name in settings.LANGUAGES]


def _accepted(before: ConductAcceptance) -> str:
    said = {"edition": before.edition, "day": full_day(before.accepted_on)}
    return _("You accepted edition %(edition)s on %(day)s.") % said


@require_GET
def kept(request: HttpRequest) -> HttpResponse:
    """The code of conduct in force, its editions, and who accepted which one."""
    actor = actor_of(request)
    check(actor, KEEP_CONDUCT)
    language = get_language() or "en"
    before = key_or_none(request.GET.get("before", ""))
    rows = queries.acceptances_page(actor, before=before)
    shown = rows[: queries.PAGE]
    more = f"?before={shown[-1].pk}" if len(rows) > queries.PAGE else ""
    page = {
        "text": queries.in_force(language),
        "counted": queries.accepted(actor),
        "editions": queries.editions(actor),
        "rows": [_row(one) for one in shown],
        "shown": len(shown),
        "next_url": more,
        "first_url": reverse("mentors:kept_conduct") if before else "",
    }
    return render(request, "mentors/kept_conduct.html", page)


def _row(one: ConductAcceptance) -> dict[str, Any]:
    return {
        "name": str(one.person.name),
        "edition": one.edition,
        "on": one.accepted_on,
        "language": language_name(one.language),
        "url": reverse("people:person", args=[one.person_id]),
    }


@require_http_methods(["GET", "POST"])
def own_sentences(request: HttpRequest) -> HttpResponse:
    """Write the organisation's own sentences; they begin a new edition."""
    actor, today = actor_of(request), clock.today()
    check(actor, KEEP_CONDUCT)
    newest = queries.newest_edition()
    own = newest.own if newest else {}
    form = OwnSentencesForm(typed(request), initial=OwnSentencesForm.initial_of(own))
    if request.method == "POST" and done(
        form,
        lambda: commands.put_conduct_in_force(actor, own=form.sentences(), today=today),
    ):
        said = _("The new edition is in force. Mentors have until %(day)s to read it.")
        messages.success(request, said % {"day": full_day(today + GRACE)})
        return redirect("mentors:kept_conduct")
    page = {"form": form, "day": today + GRACE}
    return render(request, "mentors/own_sentences.html", page)
