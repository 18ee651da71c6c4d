"""What people agreed to: one look-up for everybody who needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.base.errors import ReasonNeeded
from kith.consent.models import Consent
from kith.consent.permissions import RECORD_CONSENT, SEE_CONSENTS, WITHDRAW_CONSENT
from kith.consent.rules import Asked, Purpose, State, all_purposes, read_by_mentors
from kith.consent.rules.words import ASKED_ON_THE_RECORD
from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import allows, visible
from kith.people.models import Person
from kith.people.permissions import SEE_PERSON, own_caseload, own_person
from kith.people.rules import Side

LINES_AT_ONCE = 40
SHARING = "sharing"
MOST_COUNTED = 99


def persons_agreed(purpose: str) -> "QuerySet[Consent, UUID]":
    """Keys of the persons of the present organisation whose yes to a purpose is in force."""
    rows = Consent.objects.filter(purpose=purpose, state=State.GIVEN.value, latest=True)
    return rows.values_list("person_id", flat=True)


def in_force(person: Person, purpose: str) -> bool:
    """Whether this person's yes to the purpose is in force now."""
    return persons_agreed(purpose).filter(person=person).exists()


def newest(person: Person, purpose: str, recipient: str = "") -> Consent | None:
    """The decision in force for a purpose, or None when nobody asked yet.

    recipient  who is to be told, where the purpose is decided for each of them; without one the
               newest decision about anybody
    """
    rows = Consent.objects.filter(person=person, purpose=purpose, latest=True).order_by("-id")
    if not recipient:
        found: Consent | None = rows.first()
        return found
    # Names of recipients lie in the vault: the few decisions of one person are opened and compared.
    return next((row for row in rows if row.recipient == recipient), None)


def may_be_told(person: Person, recipient: str) -> bool:
    """Whether this person's yes to sharing with this recipient is in force now."""
    decision = newest(person, SHARING, recipient)
    return decision is not None and decision.state == State.GIVEN.value


@dataclass(frozen=True)
class Answer:
    """A purpose and the present decision about it; None while nobody asked."""

    purpose: Purpose
    decision: Consent | None
    may_answer: bool = False
    may_withdraw: bool = False

    @property
    def is_given(self) -> bool:
        return self.decision is not None and self.decision.state == State.GIVEN.value

    @property
    def asked_at_enrolment(self) -> bool:
        return self.purpose.asked is Asked.AT_ENROLMENT


def answers_of(actor: Actor, person: Person) -> list[Answer]:
    """All purposes that are asked on the record or were decided, in their order."""
    rows = visible(actor, SEE_CONSENTS, Consent.objects.filter(person=person, latest=True))
    decided = {row.purpose: row for row in rows.select_related("explained_by")}
    may_answer = allows(actor, RECORD_CONSENT, person)
    may_withdraw = allows(actor, WITHDRAW_CONSENT, person)
    return [
        Answer(
            purpose,
            decided.get(purpose.key),
            may_answer=may_answer and purpose.key in ASKED_ON_THE_RECORD,
            may_withdraw=may_withdraw,
        )
        for purpose in all_purposes()
        if purpose.key in ASKED_ON_THE_RECORD or purpose.key in decided
    ]


def reads_as_mentor(person: Person) -> bool:
    """Whether someone reads the words for mentors: those who are mentors and nothing else."""
    return person.is_mentor and not person.is_participant


def worded(purpose: Purpose, person: Person) -> Purpose:
    """The purpose in the words for this person."""
    return read_by_mentors(purpose.key) if reads_as_mentor(person) else purpose


def next_to_ask(answers: Sequence[Answer]) -> Purpose | None:
    """The first purpose of those asked at enrolment that has no answer yet."""
    unanswered = (one.purpose for one in answers if one.asked_at_enrolment and not one.decision)
    return next(unanswered, None)


@reads(SEE_PERSON, on="person", own=own_caseload)
def history_of(actor: Actor, *, person: Person) -> list[Consent]:
    """Every decision of a person, newest first; the look is noted. Raises Denied, ReasonNeeded."""
    rows = visible(actor, SEE_CONSENTS, Consent.objects.filter(person=person))
    return list(rows.select_related("explained_by").order_by("-id")[:100])


def near_decisions(actor: Actor) -> Q:
    """Decisions of those one works with."""
    return Q(person__in=Person.objects.filter(own_caseload(actor)).values("pk"))


@reads(SEE_CONSENTS, on="decision", own=near_decisions)
def receipt_of(actor: Actor, *, decision: Consent) -> Consent:
    """One decision with its signature; the look is noted. Raises Denied, ReasonNeeded."""
    return decision


def decisions(actor: Actor) -> "QuerySet[Consent]":
    """Decisions this actor may see."""
    rows = visible(actor, SEE_CONSENTS, Consent.objects.filter(person__erased_at__isnull=True))
    return rows.select_related("person", "explained_by", "organisation")


def opened(actor: Actor, person: Person) -> Person:
    """The person, when this actor works with them or said why they look. Raises ReasonNeeded.

    For sections on a record, whose opening is noted by the record itself.
    """
    near = Person.objects.filter(own_caseload(actor), pk=person.pk).exists()
    if not near and not actor.reasons.get(str(person.pk)):
        raise ReasonNeeded(person.pk)
    return person


def own_record(actor: Actor) -> Person | None:
    """The signed-in person's own record, if there is one."""
    rows = Person.objects.filter(own_person(actor), erased_at__isnull=True)
    found: Person | None = rows.filter(organisation_id=actor.organisation_id).first()
    return found


def persons_to_ask(actor: Actor) -> "QuerySet[Person]":
    """Whom this actor may ask or note answers for."""
    return visible(actor, RECORD_CONSENT, Person.objects.filter(erased_at__isnull=True))


def unasked(actor: Actor, side: Side | None = None) -> "QuerySet[Person]":
    """People in the lists whom nobody has asked about mentoring; the newest first."""
    sides = {
        Side.PARTICIPANT: Q(is_participant=True),
        Side.MENTOR: Q(is_mentor=True),
        None: Q(is_participant=True) | Q(is_mentor=True),
    }
    rows = persons_to_ask(actor).filter(sides[side], archived_at__isnull=True, consent_asked=False)
    return rows.order_by("-id")


def part_of_unasked(actor: Actor, side: Side | None, *, after: UUID | None) -> list[Person]:
    """The next people of that list after one of them; one more than is shown."""
    rows = unasked(actor, side)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows[: LINES_AT_ONCE + 1])


def next_person(actor: Actor, after: Person) -> Person | None:
    """Whom to ask after this person; from the top again at the end of the list."""
    rows = unasked(actor)
    return rows.filter(pk__lt=after.pk).first() or rows.exclude(pk=after.pk).first()


def unasked_number(actor: Actor, side: Side | None = None) -> int:
    """How many there are, counted up to a limit and one more."""
    return unasked(actor, side).order_by()[: MOST_COUNTED + 1].count()


def run_out(purpose: str, day: date) -> "QuerySet[Consent, UUID]":
    """Keys of the yes to a purpose, in force, that were given on or before a day."""
    rows = Consent.objects.filter(purpose=purpose, state=State.GIVEN.value, latest=True)
    return rows.filter(decided_on__lte=day).values_list("pk", flat=True)


def of_people_erased(day: date) -> "QuerySet[Consent, UUID]":
    """Keys of decisions of people who were erased on or before a day."""
    rows = Consent.objects.filter(person__erased_at__date__lte=day)
    return rows.values_list("pk", flat=True)


def answered(person_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these people who have answered about any purpose."""
    rows = Consent.objects.filter(person__in=person_ids)
    return set(rows.values_list("person_id", flat=True))
