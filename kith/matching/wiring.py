"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from kith.base import retention
from kith.base.events import listen
from kith.base.jobs import HOURLY, ask_for, every, on_demand
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.matching import commands, jobs
from kith.matching.models import Proposal, RoundProgramme
from kith.matching.permissions import ANSWER, ASK_BOTH, DECIDE, SEE_ROUNDS, SOLVE
from kith.matching.queries import offers, reminding
from kith.matching.queries.outlook import MOST_COUNTED, Outlook, waited_for
from kith.matching.queries.rounds import records_before
from kith.matching.rules.states import REMIND_DAYS, Answer
from kith.matching.rules.words import called
from kith.matching.views.shown import mentors_words, waiting_words
from kith.people.events import PersonErased
from kith.people.models import Person
from kith.programmes.events import Enrolled
from kith.programmes.models import Enrolment
from kith.reminders.rules.kinds import Kind, When, add_kind
from kith.web import nav, panels, today
from kith.web.words import and_list, day_and_month, full_day, isolated, near

MOST_LINES = 4
KEEP_RECORDS = timedelta(days=365)
"""A closed round can be repeated for a year; after that its pairs and figures are left."""


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
    today.add_source(_waiting, most=60)
    today.add_source(_suggested, most=72)
    today.add_source(_answers_due)
    today.add_source(_own_offers)
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))
    listen(Enrolled, _newcomer)
    panels.add_panel(
        "person",
        "matching",
        gettext_lazy("Today's best pairs"),
        lambda person: reverse("matching:of_person", args=[person.pk]),
        visible=lambda actor, person: has(actor, SEE_ROUNDS) and _waits(person),
        order=25,
    )
    _plug_jobs()
    _plug_reminders()
    retention.register(
        retention.Category(
            key="matching.records",
            title=gettext_lazy("Who took part in a round with which wishes, without names"),
            period=KEEP_RECORDS,
            grace=timedelta(0),
            due=records_before,
            erase=commands.forget_records,
        )
    )


def _plug_jobs() -> None:
    on_demand(
        "matching.solve", gettext_lazy("Propose pairs for a long waiting list"), jobs.solve_run
    )
    on_demand("matching.repeat", gettext_lazy("Repeat a run from its record"), jobs.repeat_run)
    on_demand(
        "matching.newcomer",
        gettext_lazy("Take a newcomer into a round that keeps going"),
        jobs.take_in_newcomer,
    )
    every(
        HOURLY,
        "matching.answers",
        gettext_lazy("Remind of open answers and propose the next pair when their days are over"),
        jobs.look_after_offers,
    )
    every(
        HOURLY,
        "matching.rolling",
        gettext_lazy("Bring rounds that keep going up to date"),
        jobs.bring_up_to_date,
    )


def _plug_reminders() -> None:
    sides = frozenset({Role.PARTICIPANT, Role.MENTOR})
    add_kind(
        Kind(
            key="matching.asked",
            title=gettext_lazy("A question about a possible match"),
            sentence=ngettext_lazy(
                "There is a question for you, and your answer is awaited.",
                "There are %(number)d questions for you, and your answers are awaited.",
                "number",
            ),
            roles=sides,
            when=When.AFTER,
            source=reminding.asked,
            still=reminding.still_silent,
            icon="match",
            order=10,
        )
    )
    add_kind(
        Kind(
            key="matching.answer_due",
            title=gettext_lazy("An answer about a possible match is still missing"),
            sentence=ngettext_lazy(
                "An answer of yours is still awaited. Its time ends soon.",
                "%(number)d answers of yours are still awaited. Their time ends soon.",
                "number",
            ),
            roles=sides,
            days=REMIND_DAYS,
            source=reminding.answers_due,
            still=reminding.still_silent,
            icon="match",
            order=11,
        )
    )


def _newcomer(fact: Enrolled) -> None:
    """Whoever comes takes part in a rolling round within moments."""
    rows = RoundProgramme.objects.filter(is_open=True, round__is_rolling=True)
    places = Enrolment.objects.filter(pk=fact.enrolment_id).values("programme")
    for link in rows.filter(programme__in=places):
        ask_for("matching.newcomer", link.organisation_id, round_id=link.round_id)


def _waits(person: Person) -> bool:
    return Enrolment.objects.filter(person=person, side="participant", state="waiting").exists()


def _waiting(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Who waits, who is free, and whom a round would reach now."""
    found = waited_for(actor, today=day) if has(actor, SOLVE) else []
    for one in found:
        yield _outlook_line(one, day, say_programme=len(found) > 1)


def _outlook_line(one: Outlook, day: date, *, say_programme: bool) -> today.TodayLine:
    new = f"{reverse('matching:new_round')}?programme={one.programme.pk}"
    url = reverse("matching:round", args=[one.round.pk]) if one.round else new
    named = [f"{isolated(one.programme.name)}."] if say_programme else []
    return today.TodayLine(
        kind=today.Kind.WAIT,
        what=waiting_words(one),
        why=" ".join([*named, *_outlook_words(one, day)]),
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


def _suggested(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Pairs that a volunteer matcher suggests and that staff confirm."""
    if not has(actor, ASK_BOTH):
        return
    for row in offers.suggested(actor)[:MOST_LINES]:
        pair = and_list([called(row.participant.person), called(row.mentor.person)])
        yield today.TodayLine(
            kind=today.Kind.WAIT,
            what=_("Confirm the pair of %(names)s") % {"names": pair},
            why=_("%(name)s suggested it %(when)s. Nobody is asked before you say so.")
            % {"name": row.suggested_by, "when": near(row.suggested_on or day, day)},
            action_label=_("Look at the pair"),
            url=reverse("matching:proposal", args=[row.pk]),
            weight=72,
        )


def _answers_due(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Offers whose days are over, and questions people have."""
    if not has(actor, DECIDE):
        return
    asking = Q(participant_answer=Answer.ASK.value) | Q(mentor_answer=Answer.ASK.value)
    reminded = Q(reminded_on__isnull=False)
    rows = offers.waiting_answers(actor).filter(asking | reminded | Q(answer_by__lt=day))
    for row in rows[:MOST_LINES]:
        yield _answer_line(row, day)


def _answer_line(row: Proposal, day: date) -> today.TodayLine:
    if _asks(row):
        return _question_line(row)
    is_over = row.answer_by is not None and row.answer_by < day
    return _overdue_line(row, day) if is_over else _reminder_line(row, day)


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


def _reminder_line(row: Proposal, day: date) -> today.TodayLine:
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=_("Remind %(names)s") % {"names": _silent(row)},
        why=_("An answer about a proposed pair is due %(when)s.")
        % {"when": near(row.answer_by, day) if row.answer_by else ""},
        action_label=_("Open"),
        url=reverse("matching:proposal", args=[row.pk]),
        weight=55,
    )


def _silent(row: Proposal) -> str:
    """Those who have not answered yet."""
    sides = (row.participant.person, row.participant_answer), (row.mentor.person, row.mentor_answer)
    return and_list([called(person) for person, answer in sides if answer == Answer.NONE])


def _overdue_line(row: Proposal, day: date) -> today.TodayLine:
    asked = near(row.offered_on, day) if row.offered_on else ""
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=_("Ask %(names)s for an answer") % {"names": _silent(row)},
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
            why=(_REMINDED if row.reminded_on else _ASKED)
            % {"when": near(row.answer_by, day) if row.answer_by else ""},
            action_label=_("Read and answer"),
            url=reverse("matching:offer", args=[row.pk]),
            weight=90,
        )


_ASKED = gettext_lazy("Please answer %(when)s. You need not say why if it is no.")
_REMINDED = gettext_lazy(
    "A reminder: please answer %(when)s. After that we look on for you. You need not say why if it"
    " is no."
)


def _offer_words(actor: Actor) -> str:
    if actor.has(Role.MENTOR):
        return _("Someone would like a mentor like you")
    return _("We may have found a mentor for you")
