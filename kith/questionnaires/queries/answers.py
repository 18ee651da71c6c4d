"""What a person is asked, has begun and has answered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.consent.queries import in_force
from kith.consent.queries import opened as opened_person
from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import visible
from kith.people.models import Person
from kith.people.permissions import own_caseload, own_person
from kith.programmes.models import Enrolment
from kith.programmes.rules import PlaceState
from kith.progress.queries import week_of
from kith.questionnaires.models import Answers, Asking
from kith.questionnaires.permissions import (
    ANSWER,
    KEEP_ANSWERS,
    READ_ANSWERS,
    SEE_QUESTIONNAIRES,
)
from kith.questionnaires.rules import (
    PURPOSE,
    AnswersState,
    Moment,
    Occasion,
    Readers,
    due_occasions,
    occasion_at,
    occasion_of,
    request_occasion,
)

MOST_SHOWN = 100


@dataclass(frozen=True)
class Asked:
    """A questionnaire that waits for a person: new, begun, or to answer when the person likes."""

    asking: Asking
    occasion: Occasion
    answers: Answers | None = None

    @property
    def is_begun(self) -> bool:
        return self.answers is not None

    @property
    def comes_by_itself(self) -> bool:
        return self.occasion.moment is not Moment.REQUEST


@dataclass(frozen=True)
class Own:
    """What one's own page shows."""

    asked: list[Asked]
    sent: list[Answers]

    @property
    def due(self) -> list[Asked]:
        """What was begun, and what came by itself."""
        return [one for one in self.asked if one.comes_by_itself or one.is_begun]

    @property
    def on_request(self) -> list[Asked]:
        return [one for one in self.asked if not one.comes_by_itself and not one.is_begun]


def own_record(actor: Actor) -> Person | None:
    """The signed-in person's own record, on either side."""
    rows = Person.objects.filter(own_person(actor), erased_at__isnull=True)
    sided = rows.filter(Q(is_participant=True) | Q(is_mentor=True))
    found: Person | None = sided.filter(organisation_id=actor.organisation_id).first()
    return found


def people_to_ask(actor: Actor) -> "QuerySet[Person]":
    """Whom this actor may ask, together or alone."""
    return visible(actor, ANSWER, Person.objects.filter(erased_at__isnull=True))


def asked_of(person: Person, *, today: date) -> list[Asked]:
    """What waits for a person today, in the order of the programme."""
    askings = _askings_for(person)
    if not askings:
        return []
    if not in_force(person, PURPOSE):
        return []
    known = _known(person, askings)
    week = week_of(person, today) if any(one.moment == Moment.WEEKS for one in askings) else 0
    return [found for one in askings for found in _asked(one, known[one.pk], week, today)]


def own_page(person: Person, *, today: date) -> Own:
    """Everything one's own page shows."""
    rows = Answers.objects.filter(person=person, state=AnswersState.SENT.value)
    sent = rows.select_related("asking__questionnaire", "version").order_by("-sent_on", "-id")
    return Own(asked_of(person, today=today), list(sent[:MOST_SHOWN]))


def has_questions(person: Person) -> bool:
    """Whether anything was ever asked or answered: then the page of questions is of use."""
    return bool(_askings_for(person)) or Answers.objects.filter(person=person).exists()


def own_answers(actor: Actor) -> "QuerySet[Answers]":
    """Answers this actor may go on with, send or take back."""
    rows = visible(actor, KEEP_ANSWERS, Answers.objects.all())
    return rows.select_related("asking__questionnaire", "asking__programme", "version", "person")


def near(actor: Actor) -> Q:
    """Answers of those one works with."""
    return Q(person__in=Person.objects.filter(own_caseload(actor)).values("pk"))


def answers_to_read(actor: Actor) -> "QuerySet[Answers]":
    """Answers this actor may read."""
    rows = visible(actor, READ_ANSWERS, Answers.objects.filter(person__erased_at__isnull=True))
    return rows.select_related("asking__questionnaire", "asking__programme", "version", "person")


@reads(READ_ANSWERS, on="answers", own=near)
def opened(actor: Actor, *, answers: Answers) -> Answers:
    """The answers of one occasion; the look is noted. Raises Denied, ReasonNeeded."""
    return answers


@dataclass(frozen=True)
class Told:
    """One questionnaire on a person's record: what staff may know about it.

    Of questions that nobody reads with a name, staff know that they are asked, and no more: not
    even whether somebody answered.
    """

    asking: Asking
    answers: list[Answers]

    @property
    def is_read(self) -> bool:
        return self.asking.readers == Readers.COORDINATOR.value


def told_of(actor: Actor, person: Person) -> list[Told]:
    """The questionnaires of a person's programmes, with the answers this actor may read."""
    rows = answers_to_read(actor).filter(person=person).order_by("-id")
    by_asking: dict[UUID, list[Answers]] = defaultdict(list)
    for one in rows[:MOST_SHOWN]:
        by_asking[one.asking_id].append(one)
    earlier = Asking.objects.filter(pk__in=by_asking).select_related("questionnaire", "programme")
    askings = {one.pk: one for one in [*_askings_for(person), *earlier]}
    return [Told(one, by_asking.get(key, [])) for key, one in askings.items()]


def answered_at(person: Person, moment: Moment) -> list[Answers]:
    """What someone answered at a moment, for the room that holds it."""
    rows = Answers.objects.filter(person=person, asking__moment=moment.value)
    return list(rows.select_related("asking__questionnaire", "version").order_by("id"))


def persons_with_answers(person_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these people who have answered something."""
    rows = Answers.objects.filter(person__in=person_ids)
    return set(rows.values_list("person_id", flat=True))


def unfinished_before(day: date) -> "QuerySet[Answers, UUID]":
    """Keys of answers that nobody has touched since a day."""
    rows = Answers.objects.filter(state=AnswersState.OPEN.value, changed_on__lte=day)
    return rows.values_list("pk", flat=True)


def _askings_for(person: Person) -> list[Asking]:
    """What the programmes in which someone has a place ask this side."""
    places = Enrolment.objects.filter(person=person).exclude(state=PlaceState.ENDED.value)
    sides = Q(pk__in=[])
    for programme, side in places.values_list("programme_id", "side"):
        sides |= Q(programme=programme, side=side)
    rows = Asking.objects.filter(sides, ended_on__isnull=True)
    return list(rows.select_related("questionnaire", "programme").order_by("place", "id"))


def _known(person: Person, askings: Iterable[Asking]) -> dict[UUID, dict[str, Answers]]:
    known: dict[UUID, dict[str, Answers]] = defaultdict(dict)
    keys = [one.pk for one in askings]
    for row in Answers.objects.filter(person=person, asking__in=keys).order_by("id"):
        known[row.asking_id][row.occasion] = row
    return known


def _asked(asking: Asking, known: dict[str, Answers], week: int | None, today: date) -> list[Asked]:
    moment = Moment(asking.moment)
    begun = [
        Asked(asking, occasion_of(key), row)
        for key, row in known.items()
        if row.state == AnswersState.OPEN.value
    ]
    due = due_occasions(moment, asking.weeks, week=week, taken=set(known))
    found = [*begun, *(Asked(asking, one) for one in due)]
    if moment is Moment.REQUEST and not begun and request_occasion(today).key not in known:
        found.append(Asked(asking, request_occasion(today)))
    return found


def askings_to_ask(actor: Actor) -> "QuerySet[Asking]":
    """What this actor may ask someone together with them: of answers that staff read anyway."""
    rows = visible(actor, SEE_QUESTIONNAIRES, Asking.objects.filter(ended_on__isnull=True))
    return rows.filter(readers=Readers.COORDINATOR.value).select_related(
        "questionnaire", "programme"
    )


def occasion_now(asking: Asking, person: Person, *, today: date) -> Occasion | None:
    """The occasion on which someone can be asked today; None when there is none left."""
    moment = Moment(asking.moment)
    taken = Answers.objects.filter(asking=asking, person=person)
    over = set(taken.exclude(state=AnswersState.OPEN.value).values_list("occasion", flat=True))
    if moment is Moment.REQUEST:
        wanted = [request_occasion(today)]
    elif moment is Moment.WEEKS:
        wanted = due_occasions(moment, asking.weeks, week=week_of(person, today), taken=over)
    else:
        wanted = [occasion_at(moment)]
    return next((one for one in wanted if one.key not in over), None)


def require_opened(actor: Actor, person: Person) -> None:
    """Raise ReasonNeeded for a record that the actor does not work with and gave no reason for."""
    opened_person(actor, person)
