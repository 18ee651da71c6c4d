"""Every read of this room."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.interpreters.models import (
    Acceptance,
    Booking,
    Cost,
    Interpreter,
    InterpreterNeed,
    InterpreterRequest,
    Spoken,
)
from kith.interpreters.permissions import (
    BOOK_INTERPRETER,
    KEEP_COSTS,
    KEEP_INTERPRETERS,
    NOTE_PRESENCE,
    SAY_NEED,
    SEE_BOOKINGS,
    near_booking,
)
from kith.interpreters.rules import (
    ASKING,
    COMES_WORDS,
    GOING,
    REQUEST_WORDS,
    BookingState,
    RequestState,
    Words,
    confidentiality,
)
from kith.people.models import Person
from kith.people.permissions import own_person
from kith.reminders.rules.kinds import About, Due

AT_ONCE = 30
MOST_INTERPRETERS = 200
MOST_OF_ONE = 20
LATEST_NOTE = timedelta(days=60)
ALL_GOING = [state.value for state in GOING]


@dataclass(frozen=True)
class Listed:
    """An interpreter as a list shows them: languages with level, and whether they may be booked."""

    interpreter: Interpreter
    spoken: list[Spoken]
    has_accepted: bool


def interpreters(actor: Actor) -> "QuerySet[Interpreter]":
    """The register of the actor's organisation."""
    return visible(actor, KEEP_INTERPRETERS, Interpreter.objects.all())


def listed(
    actor: Actor, *, languages: Collection[str] = (), way: str = "", left: bool = False
) -> list[Listed]:
    """Interpreters who speak all these languages and come in this way, by name."""
    rows = interpreters(actor).filter(left_on__isnull=not left)
    for language in languages:
        rows = rows.filter(
            Exists(Spoken.objects.filter(interpreter=OuterRef("pk"), language=language))
        )
    if way:
        rows = rows.filter(ways__contains=[way])
    found = list(rows.order_by("id")[:MOST_INTERPRETERS])
    spoken: dict[UUID, list[Spoken]] = {}
    for one in Spoken.objects.filter(interpreter__in=found).order_by("id"):
        spoken.setdefault(one.interpreter_id, []).append(one)
    accepted = accepted_by(found)
    lines = [Listed(row, spoken.get(row.pk, []), row.pk in accepted) for row in found]
    return sorted(lines, key=lambda line: line.interpreter.name.casefold())


def accepted_by(rows: Sequence[Interpreter]) -> set[UUID]:
    """Those of these interpreters who accepted the text in force."""
    found = Acceptance.objects.filter(interpreter__in=rows, version=confidentiality().version)
    return set(found.values_list("interpreter_id", flat=True))


def has_accepted(interpreter: Interpreter) -> bool:
    """Whether this interpreter accepted the text in force."""
    return interpreter.pk in accepted_by([interpreter])


def acceptances(interpreter: Interpreter) -> list[Acceptance]:
    """What an interpreter accepted so far, newest first."""
    rows = Acceptance.objects.filter(interpreter=interpreter).select_related("taken_by")
    return list(rows.order_by("-accepted_on", "-id")[:MOST_OF_ONE])


def spoken_by(interpreter: Interpreter) -> list[Spoken]:
    """The languages of one interpreter."""
    return list(Spoken.objects.filter(interpreter=interpreter).order_by("id"))


# ── Needs ────────────────────────────────────────────────────────────────────────────────────────


def people_to_book(actor: Actor) -> "QuerySet[Person]":
    """Participants for whom this actor may say that they need an interpreter."""
    rows = visible(actor, SAY_NEED, Person.objects.filter(erased_at__isnull=True))
    return rows.filter(is_participant=True)


def needs(actor: Actor) -> "QuerySet[InterpreterNeed]":
    """Needs this actor may see."""
    rows = InterpreterNeed.objects.filter(person__in=people_to_book(actor).values("pk"))
    return rows.filter(ended_on__isnull=True).select_related("person")


def needs_of(actor: Actor, person: Person) -> list[InterpreterNeed]:
    """What one person needs now."""
    return list(needs(actor).filter(person=person).order_by("since_on", "id")[:MOST_OF_ONE])


def without_booking(actor: Actor, *, now: datetime, limit: int) -> list[InterpreterNeed]:
    """Needs of one's own people for whom nobody is booked, the longest wait first."""
    coming = Booking.objects.filter(
        person=OuterRef("person"),
        language=OuterRef("language"),
        into=OuterRef("into"),
        state__in=ALL_GOING,
        starts_at__gte=now,
    )
    # What is wanted for a day of its own stands in a line that says the day.
    asked = InterpreterRequest.objects.filter(
        person=OuterRef("person"), starts_at__gte=now, state__in=sorted(ASKING)
    )
    rows = needs(actor).filter(near_booking(actor), ~Exists(coming), ~Exists(asked))
    return list(rows.order_by("since_on", "id")[:limit])


# ── Requests ─────────────────────────────────────────────────────────────────────────────────────


def requests(actor: Actor) -> "QuerySet[InterpreterRequest]":
    """Requests this actor books for."""
    rows = visible(actor, BOOK_INTERPRETER, InterpreterRequest.objects.all())
    rows = rows.filter(person__erased_at__isnull=True)
    return rows.select_related("person", "booking__interpreter")


def to_act_on(actor: Actor, *, now: datetime, limit: int) -> list[InterpreterRequest]:
    """Requests of one's own people for which somebody calls: nobody is asked yet, the time has
    changed, or nobody is wanted any more while somebody is booked. The nearest first."""
    withdrawn = Q(state=RequestState.WITHDRAWN.value, booking__state__in=ALL_GOING)
    rows = requests(actor).filter(near_booking(actor), starts_at__gt=now)
    rows = rows.filter(Q(state__in=sorted(ASKING)) | withdrawn)
    return list(rows.order_by("starts_at", "id")[:limit])


def request_of(booking: Booking) -> InterpreterRequest | None:
    """What a booking is for, where it was wanted for something that can move."""
    return InterpreterRequest.objects.filter(booking=booking).first()


def said_of(matters: Collection[UUID]) -> dict[UUID, Words]:
    """How far it is with the interpreter for some matters, in words; those withdrawn left out."""
    rows = InterpreterRequest.objects.filter(matter__in=list(matters))
    rows = rows.exclude(state=RequestState.WITHDRAWN.value).select_related("booking")
    return {row.matter: _said_of(row) for row in rows}


def _said_of(row: InterpreterRequest) -> Words:
    booked = row.booking.state if row.booking is not None else ""
    if row.state == RequestState.BOOKED and booked in {BookingState.ACCEPTED, BookingState.DONE}:
        return COMES_WORDS
    return REQUEST_WORDS[RequestState(row.state)]


def requests_before(day: date) -> "QuerySet[InterpreterRequest, UUID]":
    """Keys of requests for a time on or before a day."""
    rows = InterpreterRequest.objects.filter(starts_at__date__lte=day)
    return rows.values_list("pk", flat=True)


# ── Bookings ─────────────────────────────────────────────────────────────────────────────────────


def bookings(actor: Actor) -> "QuerySet[Booking]":
    """Bookings this actor may see."""
    rows = visible(actor, SEE_BOOKINGS, Booking.objects.filter(person__erased_at__isnull=True))
    return rows.select_related("person", "interpreter", "booked_by")


def part_of_bookings(
    actor: Actor, *, states: Collection[BookingState], after: UUID | None = None
) -> list[Booking]:
    """Bookings in these states, the latest first, part by part; one more than is shown."""
    rows = bookings(actor).filter(state__in=[state.value for state in states])
    last = rows.filter(pk=after).values_list("starts_at", flat=True).first() if after else None
    if last is not None:
        rows = rows.filter(Q(starts_at__lt=last) | Q(starts_at=last, pk__lt=after))
    return list(rows.order_by("-starts_at", "-id")[: AT_ONCE + 1])


def bookings_of(actor: Actor, person: Person) -> list[Booking]:
    """The bookings of one person, the latest first."""
    rows = bookings(actor).filter(person=person)
    return list(rows.order_by("-starts_at", "-id")[:MOST_OF_ONE])


def bookings_of_interpreter(actor: Actor, interpreter: Interpreter) -> list[Booking]:
    """The bookings of one interpreter, the latest first."""
    rows = bookings(actor).filter(interpreter=interpreter)
    return list(rows.order_by("-starts_at", "-id")[:MOST_OF_ONE])


def unanswered(actor: Actor, *, today: date, limit: int) -> list[Booking]:
    """Bookings whose answer is due, the nearest meeting first."""
    rows = bookings(actor).filter(near_booking(actor), state=BookingState.ASKED.value)
    return list(rows.filter(answer_due_on__lte=today).order_by("starts_at", "id")[:limit])


def not_noted(actor: Actor, *, now: datetime, limit: int) -> list[Booking]:
    """Bookings whose time is over and of which nobody said whether the interpreter came."""
    rows = bookings(actor).filter(near_booking(actor), state=BookingState.ACCEPTED.value)
    return list(
        rows.filter(starts_at__lt=now - timedelta(days=1)).order_by("starts_at", "id")[:limit]
    )


def coming_to(actor: Actor, *, now: datetime, limit: int) -> list[Booking]:
    """Interpreters who come to a participant's own meetings."""
    own = Person.objects.filter(own_person(actor), is_participant=True).values("pk")
    rows = bookings(actor).filter(person__in=own, state=BookingState.ACCEPTED.value)
    return list(rows.filter(starts_at__gte=now).order_by("starts_at", "id")[:limit])


def is_busy(
    interpreter: Interpreter, starts_at: datetime, minutes: int, *, but: Booking | None = None
) -> bool:
    """Whether another booking of this interpreter overlaps."""
    ends_at = starts_at + timedelta(minutes=minutes)
    rows = Booking.objects.filter(
        interpreter=interpreter,
        state__in=ALL_GOING,
        starts_at__lt=ends_at,
        starts_at__gt=starts_at - timedelta(days=1),
    )
    rows = rows.exclude(pk=but.pk) if but is not None else rows
    return any(
        row.starts_at + timedelta(minutes=row.minutes) > starts_at for row in rows.order_by("id")
    )


# ── For the log of meetings ──────────────────────────────────────────────────────────────────────


def to_note(actor: Actor, *, person: Person, now: datetime) -> list[Booking]:
    """Bookings of a person, begun and not noted yet, of which a log of meetings may say that the
    interpreter was present."""
    rows = visible(actor, NOTE_PRESENCE, Booking.objects.filter(person=person))
    rows = rows.filter(
        state=BookingState.ACCEPTED.value, starts_at__lte=now, starts_at__gte=now - LATEST_NOTE
    )
    return list(rows.select_related("interpreter").order_by("-starts_at", "-id")[:MOST_OF_ONE])


def present_on(person_id: UUID, days: Collection[date]) -> dict[date, str]:
    """Who interpreted for a person, by day."""
    if not days:
        return {}
    begins = timezone.make_aware(datetime.combine(min(days), time()))
    ends = timezone.make_aware(datetime.combine(max(days), time())) + timedelta(days=1)
    rows = Booking.objects.filter(
        person=person_id,
        state=BookingState.DONE.value,
        starts_at__gte=begins,
        starts_at__lt=ends,
    )
    found: dict[date, str] = {}
    for row in rows.select_related("interpreter").order_by("starts_at", "id"):
        found.setdefault(timezone.localdate(row.starts_at), row.interpreter.name)
    return found


# ── Costs ────────────────────────────────────────────────────────────────────────────────────────


def costs(actor: Actor) -> "QuerySet[Cost]":
    """What bookings cost, without the people they were for."""
    return visible(actor, KEEP_COSTS, Cost.objects.select_related("interpreter"))


def cost_of(actor: Actor, booking: Booking) -> Cost | None:
    """What one booking cost, if it took place."""
    return costs(actor).filter(booking=booking).first()


def costs_of_month(actor: Actor, month: date) -> "QuerySet[Cost]":
    """The costs of one month, day by day."""
    begins, ends = span_of(month)
    return costs(actor).filter(on__gte=begins, on__lt=ends).order_by("on", "id")


def sums_of_month(actor: Actor, month: date) -> list[dict[str, object]]:
    """Hours and money of a month by currency, paid and volunteer."""
    rows = costs_of_month(actor, month).order_by().values("currency", "is_volunteer")
    summed = rows.annotate(number=Count("id"), minutes=Sum("minutes"), cents=Sum("cents"))
    return list(summed.order_by("is_volunteer", "currency"))


def span_of(month: date) -> tuple[date, date]:
    """The first day of a month and of the next one."""
    first = month.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


# ── Clocks ───────────────────────────────────────────────────────────────────────────────────────


def closed_before(day: date) -> "QuerySet[Booking, UUID]":
    """Keys of bookings that were over on or before a day."""
    return Booking.objects.filter(closed_on__lte=day).values_list("pk", flat=True)


def costs_before(day: date) -> "QuerySet[Cost, UUID]":
    """Keys of costs of a day or before it."""
    return Cost.objects.filter(on__lte=day).values_list("pk", flat=True)


def left_before(day: date) -> "QuerySet[Interpreter, UUID]":
    """Keys of interpreters who left on or before a day and of whom no booking is kept."""
    busy = Booking.objects.filter(interpreter=OuterRef("pk"))
    rows = Interpreter.objects.filter(~Exists(busy), left_on__lte=day)
    return rows.values_list("pk", flat=True)


# ── Reminders ────────────────────────────────────────────────────────────────────────────────────


def comes_soon(first: date, last: date) -> Iterable[Due]:
    """Participants to whom an interpreter comes on a day of a span."""
    begin = timezone.make_aware(datetime.combine(first, time()))
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    rows = _coming_bookings().filter(starts_at__gte=begin, starts_at__lt=end)
    for row in rows.order_by("starts_at", "id").iterator(chunk_size=500):
        if row.person.user_id is not None:
            on = timezone.localdate(row.starts_at)
            yield Due(row.person.user_id, row.pk, on, _booking_page(row.pk))


def comes_still(abouts: Collection[About]) -> Collection[About]:
    """Those to whom the interpreter still comes."""
    rows = _coming_bookings().filter(starts_at__gt=clock.now())
    return _among(abouts, rows, "person__user")


def answers_due(first: date, last: date) -> Iterable[Due]:
    """Staff whose booking was to be answered until a day of a span and was not."""
    rows = _asked_bookings().filter(answer_due_on__range=(first, last))
    for row in rows.order_by("answer_due_on", "id").iterator(chunk_size=500):
        if row.booked_by is not None:
            yield Due(row.booked_by.user_id, row.pk, row.answer_due_on, _booking_page(row.pk))


def answers_still(abouts: Collection[About]) -> Collection[About]:
    """Those whose booking is still without an answer."""
    return _among(abouts, _asked_bookings(), "booked_by__user")


def _coming_bookings() -> "QuerySet[Booking]":
    rows = Booking.objects.filter(
        state=BookingState.ACCEPTED.value, closed_on__isnull=True, person__user__isnull=False
    )
    found: QuerySet[Booking] = rows.select_related("person")
    return found


def _asked_bookings() -> "QuerySet[Booking]":
    rows = Booking.objects.filter(
        state=BookingState.ASKED.value, closed_on__isnull=True, booked_by__isnull=False
    )
    found: QuerySet[Booking] = rows.select_related("booked_by")
    return found


def _among(abouts: Collection[About], rows: "QuerySet[Booking]", user: str) -> list[About]:
    found = rows.filter(pk__in=[about.subject for about in abouts]).values_list(user, "pk")
    known = {About(*pair) for pair in found}
    return [about for about in abouts if about in known]


def _booking_page(key: UUID) -> str:
    return reverse("interpreters:booking", args=[key])
