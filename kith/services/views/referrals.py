"""Referrals: offering, answering, sending by hand, and what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.consent.rules import languages_of, load_purpose
from kith.consent.rules.words import own_name, text_of
from kith.gate.commands import check
from kith.gate.permissions import allows
from kith.people.models import Person
from kith.services import commands
from kith.services.forms import FeedbackForm, FollowForm, OfferForm, SendForm, SharingForm
from kith.services.models import Referral, ReferralStep
from kith.services.permissions import (
    AGREE_TO_SHARING,
    ANSWER_REFERRAL,
    FOLLOW_REFERRAL,
    GIVE_FEEDBACK,
    SEND_REFERRAL,
)
from kith.services.queries import referrals as queries
from kith.services.rules import words
from kith.services.rules.states import (
    ANSWERS,
    KNOWN_TO_THE_PERSON,
    NEXT,
    ReferralState,
    Way,
)
from kith.services.views.referral_lists import TONES
from kith.services.views.shared import (
    card_of,
    local_now,
    person_or_404,
    referral_or_404,
    service_or_404,
)
from kith.web.acts import actor_of, done, typed
from kith.web.components import Event
from kith.web.words import full_day, isolated


@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Offer a service to someone; or say that one would like it oneself."""
    actor, service = actor_of(request), service_or_404(request, pk)
    row = person_or_404(request, request.GET.get("person", ""))
    form = OfferForm(typed(request), needs=service.needs)
    made: list[Referral] = []
    if request.method == "POST" and done(
        form,
        lambda: made.append(
            commands.offer_referral(
                actor,
                person=row,
                service=service,
                today=clock.today(),
                now=clock.now(),
                **form.cleaned_data,
            )
        ),
    ):
        return redirect("services:referral", pk=made[0].pk)
    page = {
        "form": form,
        "person": row,
        "service": service,
        "is_own": row.user_id is not None and row.user_id == actor.user_id,
        "back": reverse("services:service", args=[service.pk]) + f"?person={row.pk}",
    }
    return render(request, "services/offer.html", page)


@require_GET
def referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One referral: where it stands, what comes next, what happened so far."""
    actor, row = actor_of(request), referral_or_404(request, pk)
    steps = queries.steps_of(actor, referral=row)
    state = ReferralState(row.state)
    is_own = _is_own(request, row.person)
    sharing = queries.sharing_state(row.person, commands.recipient_of(row.service))
    page = {
        "referral": row,
        "card": card_of(row.service, now=local_now()),
        "is_own": is_own,
        "state": words.OWN_STATES[state] if is_own else words.REFERRAL_STATES[state],
        "tone": TONES.get(state, "calm"),
        "need": words.need_name(row.need) if row.need else "",
        "events": [_event(one, is_own=is_own) for one in steps],
        "today": clock.today(),
        "may": _may(actor, row, state),
        "sharing": sharing.value if sharing else "",
        "recipient": commands.recipient_of(row.service),
        "is_agreed": commands.is_agreed(row.service.provider, clock.today()),
        "asked_now": row.ask_on is not None and row.ask_on <= clock.today(),
        "person_url": reverse("people:person", args=[row.person_id]),
    }
    return render(request, "services/referral.html", page)


def _is_own(request: HttpRequest, row: Person) -> bool:
    return row.user_id is not None and row.user_id == actor_of(request).user_id


def _may(actor: Any, row: Referral, state: ReferralState) -> dict[str, bool]:
    """Which acts are open to this person now."""
    following = NEXT[state]
    return {
        "answer": ReferralState.ACCEPTED in following and allows(actor, ANSWER_REFERRAL, row),
        "send": ReferralState.SENT in following and allows(actor, SEND_REFERRAL, row),
        "share": state in (ReferralState.ACCEPTED, ReferralState.SENT)
        and allows(actor, AGREE_TO_SHARING, row),
        "unshare": allows(actor, AGREE_TO_SHARING, row),
        "follow": bool(following & {*ANSWERS, ReferralState.DONE})
        and allows(actor, FOLLOW_REFERRAL, row),
        "withdraw": state is not ReferralState.OFFERED
        and ReferralState.WITHDRAWN in following
        and allows(actor, ANSWER_REFERRAL, row),
        "feedback": state in KNOWN_TO_THE_PERSON
        and not row.has_feedback
        and allows(actor, GIVE_FEEDBACK, row),
        "later": row.closed_on is None and allows(actor, FOLLOW_REFERRAL, row),
        "delete": row.unshared_on is not None
        and row.deletion_asked_on is None
        and allows(actor, SEND_REFERRAL, row),
    }


def _event(step: ReferralStep, *, is_own: bool) -> Event:
    state = ReferralState(step.state)
    return Event(
        on=step.on,
        what=words.OWN_STEPS[state] if is_own else words.STEPS[state],
        text=" · ".join(_said(step)),
        icon=words.ICONS.get(state, "close"),
    )


def _said(step: ReferralStep) -> list[str]:
    said = []
    if step.way:
        said.append(str(words.WAYS[Way(step.way)][0]))
    if step.passed and step.until:
        said.append(
            _("Passed on: %(fields)s. They may keep it until %(day)s")
            % {"fields": words.passed_words(step.passed), "day": full_day(step.until)}
        )
    if step.reason:
        said.append(words.reason_words(step.reason))
    if step.note:
        said.append(str(step.note))
    if step.by:
        said.append(_("Noted by %(name)s") % {"name": isolated(step.by.name)})
    return said


@require_POST
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A yes or a no to an offer."""
    row = referral_or_404(request, pk)
    commands.answer_offer(
        actor_of(request),
        referral=row,
        accepts=request.POST.get("answer") == "yes",
        today=clock.today(),
        now=clock.now(),
    )
    return redirect("services:referral", pk=pk)


@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The person does not want it any more."""
    row = referral_or_404(request, pk)
    commands.withdraw_referral(
        actor_of(request), referral=row, today=clock.today(), now=clock.now()
    )
    return redirect("services:referral", pk=pk)


@require_http_methods(["GET", "POST"])
def sharing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The yes or no to telling this one service something."""
    actor, row = actor_of(request), referral_or_404(request, pk)
    check(actor, AGREE_TO_SHARING, row)
    purpose = load_purpose("sharing")
    written = languages_of(purpose)
    asked = (request.GET.get("language", ""), row.person.language, get_language() or "")
    language = next((one for one in asked if one in written), "en")
    form = SharingForm(typed(request), initial={"language": language})
    if request.method == "POST" and done(
        form,
        lambda: commands.agree_to_sharing(actor, referral=row, now=clock.now(), **form.answer()),
    ):
        return redirect("services:referral", pk=pk)
    page = {
        "form": form,
        "referral": row,
        "text": text_of(
            purpose,
            language=language,
            organisation=str(actor.organisation),
            partner=commands.recipient_of(row.service),
        ),
        "languages": [(one, own_name(one), one == language) for one in written],
        "is_own": _is_own(request, row.person),
    }
    return render(request, "services/sharing.html", page)


@require_POST
def take_back_sharing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The service is told nothing more from this moment."""
    row = referral_or_404(request, pk)
    commands.take_back_sharing(actor_of(request), referral=row, now=clock.now())
    messages.success(request, _("Noted. From this moment nothing is passed on any more."))
    return redirect("services:referral", pk=pk)


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the service was told, how, and what was passed on."""
    actor, row = actor_of(request), referral_or_404(request, pk)
    check(actor, SEND_REFERRAL, row)
    form = SendForm(typed(request), today=clock.today())
    if request.method == "POST" and done(
        form,
        lambda: commands.note_sent(
            actor,
            referral=row,
            sending=form.sending(),
            on=form.cleaned_data["on"],
            today=clock.today(),
            now=clock.now(),
        ),
    ):
        return redirect("services:referral", pk=pk)
    return render(request, "services/send.html", {"form": form, "referral": row})


@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what the service answered, or how it ended."""
    actor, row = actor_of(request), referral_or_404(request, pk)
    check(actor, FOLLOW_REFERRAL, row)
    form = FollowForm(typed(request), state=ReferralState(row.state), today=clock.today())
    if request.method == "POST" and done(
        form,
        lambda: commands.note_answer(
            actor, referral=row, today=clock.today(), now=clock.now(), **form.cleaned_data
        ),
    ):
        return redirect("services:referral", pk=pk)
    return render(request, "services/follow.html", {"form": form, "referral": row})


@require_POST
def deletion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The service was asked to delete what it was told."""
    row = referral_or_404(request, pk)
    commands.note_deletion_asked(actor_of(request), referral=row, today=clock.today())
    messages.success(request, _("Noted: they were asked to delete it."))
    return redirect("services:referral", pk=pk)


@require_POST
def later(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Somebody asked; there is no news yet."""
    row = referral_or_404(request, pk)
    commands.ask_later(actor_of(request), referral=row, today=clock.today())
    messages.success(request, _("Noted. You are asked again in two weeks."))
    return redirect("services:referral", pk=pk)


@require_http_methods(["GET", "POST"])
def feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Three questions about the service, kept without a name."""
    actor, row = actor_of(request), referral_or_404(request, pk)
    check(actor, GIVE_FEEDBACK, row)
    form = FeedbackForm(typed(request))
    if request.method == "POST" and done(form, lambda: _say(request, row, form)):
        messages.success(request, _("Thank you. Your name is not kept with it."))
        return redirect("services:referral", pk=pk)
    return render(request, "services/feedback.html", {"form": form, "referral": row})


def _say(request: HttpRequest, row: Referral, form: FeedbackForm) -> None:
    said = form.cleaned_data
    commands.say_how_it_was(
        actor_of(request),
        referral=row,
        helped=said["helped"],
        hard_to_reach=said["hard"],
        comment=said["comment"],
        today=clock.today(),
    )
