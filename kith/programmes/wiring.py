"""What this room plugs into the house."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.base import clock, events, retention
from kith.consent.rules import load_purpose, period_of
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.people import queries as people
from kith.people.events import ImportUndoAsked, PersonErased
from kith.people.models import Person
from kith.people.permissions import RECORD_CHECK
from kith.people.rules import CheckKind, InProgrammes, Side
from kith.programmes import commands, queries
from kith.programmes.models import Enrolment, Programme
from kith.programmes.permissions import (
    ENROL,
    OPEN_PROGRAMME,
    READ_GUIDES,
    SEE_PLACES,
    SEE_PROGRAMMES,
    own_programmes,
)
from kith.programmes.rules import PlaceState, ProgrammeTemplate
from kith.programmes.rules.words import STATE_NAMES, waiting_words
from kith.web import nav, panels, search, today
from kith.web.words import isolated, near

GRACE_DAYS = 30
MOST_TRAININGS = 3


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "programmes",
        gettext_lazy("Programmes"),
        "programmes:index",
        icon="goal",
        order=50,
        visible=may_see_all,
    )
    nav.add_item(
        "guides",
        gettext_lazy("Guides"),
        "programmes:guides",
        icon="learning",
        order=56,
        visible=lambda actor: has(actor, READ_GUIDES),
    )
    nav.add_item(
        "guides",
        gettext_lazy("Good to know"),
        "programmes:guides",
        icon="learning",
        order=60,
        visible=lambda actor: has(actor, READ_GUIDES),
        board=nav.PARTICIPANT_MENU,
    )
    panels.add_panel(
        "person",
        "programmes",
        gettext_lazy("Programme"),
        lambda person: reverse("programmes:person", args=[person.pk]),
        visible=lambda actor, _person: has(actor, SEE_PLACES),
        order=30,
    )
    panels.add_panel(
        "import_result",
        "programmes",
        gettext_lazy("Give them a place in a programme"),
        lambda batch: reverse("programmes:imported", args=[batch.pk]),
        visible=lambda actor, _batch: has(actor, ENROL),
        order=30,
    )
    today.add_source(lines, most=45)
    today.add_source(trainings, most=41)
    today.add_first_step(first_programme, order=30)
    search.add_provider("programmes", gettext_lazy("Programmes"), find_programmes, order=50)
    people.add_warning_days("programmes", queries.days_of_warning, order=50)
    people.add_standing("programmes", standings, order=50)
    queries.add_consequences(mentors_ready)
    people.add_next_step("programmes.enrol", next_step, order=30)
    people.add_list_filter(
        Side.PARTICIPANT, "waiting", gettext_lazy("Waiting"), who_waits(Side.PARTICIPANT), order=10
    )
    people.add_list_filter(
        Side.MENTOR, "free", gettext_lazy("Free"), who_waits(Side.MENTOR), order=10
    )
    events.listen(PersonErased, forget)
    events.listen(ImportUndoAsked, take_back)
    retention.register(CATEGORY)


CATEGORY = retention.Category(
    key="mentoring",
    title=gettext_lazy("Records of people whose time in the programme is over"),
    period=period_of(load_purpose("mentoring").retention),
    grace=timedelta(days=GRACE_DAYS),
    due=lambda day: queries.ended_before(day).values_list("pk", flat=True),
    erase=lambda ids: commands.erase_after_mentoring(ids, today=clock.today(), now=clock.now()),
)


def may_see_all(actor: Actor) -> bool:
    """Whether someone sees more than the programmes they take part in."""
    return any(
        SEE_PROGRAMMES.grants.get(role) not in (None, own_programmes) for role in actor.roles
    )


def lines(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """People without a place, and breaks that are over."""
    if not has(actor, ENROL):
        return
    programme = queries.open_to_enrol(actor).first()
    number = queries.counted(queries.nowhere(actor, Side.PARTICIPANT)) if programme else 0
    if programme and number:
        yield _without_place(reverse("programmes:enrol_many", args=[programme.pk]), number)
    back = list(queries.rested(actor, day)[:6])
    if back:
        yield _rested(back, day)
    yield from (_long_wait(one) for one in queries.long_waits(actor, today=day))


def trainings(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Trainings of mentors that end soon; a new one that is noted clears the line."""
    if not has(actor, RECORD_CHECK):
        return
    for one in queries.to_renew(actor, today=day, limit=MOST_TRAININGS):
        person = one.profile.person
        said = {"name": isolated(person.called or person.name), "when": near(one.until, day)}
        url = reverse("people:new_check", args=[person.pk])
        yield today.TodayLine(
            kind=today.Kind.NOTICE,
            what=_("Agree with %(name)s on a new training") % said,
            why=_("The training ends %(when)s. After that nobody new is proposed.") % said,
            action_label=_("Note a training"),
            url=f"{url}?kind={CheckKind.TRAINING.value}",
            weight=41,
        )


def _without_place(url: str, number: int) -> today.TodayLine:
    sentence = ngettext(
        "%(number)s person has no place in a programme",
        "%(number)s people have no place in a programme",
        number,
    )
    return today.TodayLine(
        kind=today.Kind.WAIT,
        what=sentence % {"number": _number(number)},
        why=_("Only who has a place is on a waiting list."),
        action_label=_("Give places"),
        url=url,
        weight=45,
        count=number,
    )


def _long_wait(one: queries.LongWait) -> today.TodayLine:
    sentence = ngettext(
        "%(number)s person waits longer than planned in %(programme)s",
        "%(number)s people wait longer than planned in %(programme)s",
        one.number,
    )
    days = ngettext(
        "The programme plans to find a mentor within %(number)d day. Tell them how things stand.",
        "The programme plans to find a mentor within %(number)d days. Tell them how things stand.",
        one.days,
    )
    return today.TodayLine(
        kind=today.Kind.WAIT,
        what=sentence % {"number": _number(one.number), "programme": one.programme.name},
        why=days % {"number": one.days},
        action_label=_("Waiting list"),
        url=f"{reverse('programmes:waiting', args=[one.programme.pk])}?side=participant",
        weight=42,
        count=one.number,
    )


def _rested(back: Sequence[Enrolment], day: date) -> today.TodayLine:
    sentence = ngettext(
        "The break of %(number)d person is over",
        "The breaks of %(number)d people are over",
        len(back),
    )
    first = back[0].paused_until or day
    return today.TodayLine(
        kind=today.Kind.NOTICE,
        what=sentence % {"number": len(back)},
        why=_("The first ended %(date)s. Ask whether they would like to wait again.")
        % {"date": near(first, day)},
        action_label=_("Open"),
        url=reverse("programmes:place", args=[back[0].pk]),
        weight=40,
        count=len(back),
    )


def _number(number: int) -> str:
    most = queries.MOST_COUNTED
    return str(number) if number <= most else _("More than %(number)d") % {"number": most}


def mentors_ready(
    programme: Programme, before: ProgrammeTemplate, after: ProgrammeTemplate, day: date
) -> Iterable[str]:
    """Whether other gates keep mentors on the list from being proposed, or let more of them in."""
    if (before.checks, before.training) == (after.checks, after.training):
        return
    now = queries.ready_mentors(programme, before, today=day)
    then = queries.ready_mentors(programme, after, today=day)
    said = ngettext(
        "%(then)d mentor on the list is ready to be proposed then; at present %(now)d.",
        "%(then)d mentors on the list are ready to be proposed then; at present %(now)d.",
        then,
    )
    yield said % {"then": then, "now": now}


def first_programme(actor: Actor) -> today.FirstStep | None:
    """Opening the first programme."""
    if not has(actor, OPEN_PROGRAMME) or queries.running(actor).exists():
        return None
    return today.FirstStep(
        what=_("Open your first programme"),
        why=_("It says how long people meet, how often, and what mentors need before."),
        action_label=_("Choose a template"),
        url=reverse("programmes:templates"),
    )


def find_programmes(actor: Actor, text: str, limit: int) -> Iterable[search.Hit]:
    """Programmes by a part of their name."""
    wanted = text.casefold()
    for programme in queries.programmes(actor)[:100]:
        if wanted in programme.name.casefold():
            url = reverse("programmes:programme", args=[programme.pk])
            yield search.Hit(title=programme.name, url=url, icon="goal")


def standings(
    actor: Actor, person_ids: Sequence[UUID], side: Side
) -> Mapping[UUID, people.Standing]:
    """Where people stand in their newest place."""
    rows = queries.places(actor).filter(person__in=person_ids, side=side.value)
    rows = rows.exclude(state=PlaceState.ENDED.value).order_by("id").select_related(None)
    facts = rows.values_list("person_id", "state", "waiting_since")
    return {key: _standing(PlaceState(state), since) for key, state, since in facts}


def _standing(state: PlaceState, since: date) -> people.Standing:
    is_waiting = state is PlaceState.WAITING
    return people.Standing(
        label=STATE_NAMES[state],
        tone="info" if is_waiting else "calm",
        when=waiting_words(since, clock.today()) if is_waiting else "",
    )


def next_step(actor: Actor, person: Person) -> people.NextStep | None:
    """Giving a place to someone who has none."""
    if not has(actor, ENROL) or not (person.is_participant or person.is_mentor):
        return None
    if any(place.state != PlaceState.ENDED for place in queries.enrolments_of(actor, person)):
        return None
    if not queries.open_to_enrol(actor).exists():
        return None
    side = Side.PARTICIPANT if person.is_participant else Side.MENTOR
    url = reverse("programmes:enrol", args=[person.pk, side.value])
    return people.NextStep(label=_("Give a place in a programme"), url=url)


def who_waits(side: Side) -> Callable[[Actor], Q]:
    """A filter of a people list: those with a place in which they wait."""
    return lambda _actor: queries.standing_as(side, InProgrammes.WAITING)


def forget(fact: PersonErased) -> None:
    """End the places of someone who is being erased."""
    commands.forget_places(fact.person_id, today=clock.today())


def take_back(fact: ImportUndoAsked) -> None:
    """Take back places that an import brought; who is in a match stays."""
    for person_id in commands.take_back_places(fact.person_ids):
        fact.stays.setdefault(person_id, gettext_lazy("is in a match or being asked about one"))
