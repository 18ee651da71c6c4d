"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.matching import commands
from kith.matching.models import Proposal
from kith.matching.permissions import ANSWER, DECIDE, SEE_ROUNDS, SOLVE
from kith.matching.queries import offers
from kith.matching.queries.outlook import MOST_COUNTED, Outlook, waited_for
from kith.matching.rules.states import Answer
from kith.matching.rules.words import called
from kith.matching.views.shown import mentors_words, waiting_words
from kith.people.events import PersonErased
from kith.web import nav, today
from kith.web.words import and_list, day_and_month, full_day, near

MOST_LINES = 4


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "matching",
        gettext_lazy("Matching"),
        "matching:start",
        icon="bridge",
        order=40,
        visible=lambda actor: has(actor, SEE_ROUNDS),
    )
    today.add_source(_waiting)
    today.add_source(_answers_due)
    today.add_source(_own_offers)
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))


def _waiting(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Who waits, who is free, and whom a round would reach now."""
    if has(actor, SOLVE):
        yield from (_outlook_line(one, day) for one in waited_for(actor, today=day))


def _outlook_line(one: Outlook, day: date) -> today.TodayLine:
    url = reverse("matching:round", args=[one.round.pk]) if one.round else reverse("matching:start")
    return today.TodayLine(
        kind=today.Kind.WAIT,
        what=waiting_words(one),
        why=" ".join(_outlook_words(one, day)),
        action_label=_("Open the round") if one.round else _("Start a round"),
        url=url,
        weight=60,
        count=min(one.waiting, MOST_COUNTED),
    )


def _outlook_words(one: Outlook, day: date) -> Iterable[str]:
    if one.since is not None:
        since = day_and_month(one.since) if one.since.year == day.year else full_day(one.since)
        yield _("The longest since %(date)s.") % {"date": since}
    yield mentors_words(one)
    if one.reach and one.round is None:
        yield ngettext(
            "A round now would reach %(number)d person.",
            "A round now would reach %(number)d people.",
            one.reach,
        ) % {"number": one.reach}


def _answers_due(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Offers whose days are over, and questions people have."""
    if not has(actor, DECIDE):
        return
    asking = Q(participant_answer=Answer.ASK.value) | Q(mentor_answer=Answer.ASK.value)
    rows = offers.waiting_answers(actor).filter(asking | Q(answer_by__lt=day))
    for row in rows[:MOST_LINES]:
        yield _question_line(row) if _asks(row) else _overdue_line(row, day)


def _asks(row: Proposal) -> bool:
    return Answer.ASK in {row.participant_answer, row.mentor_answer}


def _question_line(row: Proposal) -> today.TodayLine:
    sides = (row.participant.person, row.participant_answer), (row.mentor.person, row.mentor_answer)
    names = and_list([called(person) for person, answer in sides if answer == Answer.ASK])
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=_("Call %(names)s") % {"names": names},
        why=_("A question came up about the proposed pair. Names are not exchanged yet."),
        action_label=_("Open"),
        url=reverse("matching:proposal", args=[row.pk]),
        weight=85,
    )


def _overdue_line(row: Proposal, day: date) -> today.TodayLine:
    sides = (row.participant.person, row.participant_answer), (row.mentor.person, row.mentor_answer)
    names = and_list([called(person) for person, answer in sides if answer == Answer.NONE])
    asked = near(row.offered_on, day) if row.offered_on else ""
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=_("Ask %(names)s for an answer") % {"names": names},
        why=_("Asked %(when)s about a proposed pair. The 7 days are over.") % {"when": asked},
        action_label=_("Open"),
        url=reverse("matching:proposal", args=[row.pk]),
        weight=75,
    )


def _own_offers(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Proposals about oneself that wait for one's own answer."""
    if not has(actor, ANSWER):
        return
    for row in offers.unanswered(actor)[:MOST_LINES]:
        yield today.TodayLine(
            kind=today.Kind.WRITE,
            what=_offer_words(actor),
            why=_("Please answer %(when)s. You need not say why if it is no.")
            % {"when": near(row.answer_by, day) if row.answer_by else ""},
            action_label=_("Read and answer"),
            url=reverse("matching:offer", args=[row.pk]),
            weight=90,
        )


def _offer_words(actor: Actor) -> str:
    if actor.has(Role.MENTOR):
        return _("Someone would like a mentor like you")
    return _("We may have found a mentor for you")
