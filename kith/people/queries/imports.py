"""Imports: the lists brought in, their rows, and who of them is here already."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from kith.gate.actor import Actor
from kith.gate.commands import reads
from kith.gate.permissions import visible
from kith.methods import names
from kith.people.models import ImportBatch, ImportRow, Person, SearchToken
from kith.people.permissions import IMPORT_PEOPLE
from kith.people.rules import OPEN, Choice, ImportState, RowState
from kith.people.rules.listrows import Plain, spoken_of
from kith.people.rules.tokens import Hasher, Spoken, digits, twin_tokens

TOKENS_AT_ONCE = 5_000
MOST_HOLDERS = 50  # a pair of words that more people share than this says nothing
PHONE_END = 9


def imports(actor: Actor) -> QuerySet[ImportBatch]:
    """The lists brought in, the newest first."""
    rows = visible(actor, IMPORT_PEOPLE, ImportBatch.objects.select_related("by"))
    return rows.order_by("-id")


def open_imports(actor: Actor) -> QuerySet[ImportBatch]:
    """Lists that someone began to bring in and has not finished."""
    return imports(actor).filter(state__in=OPEN)


def import_rows(actor: Actor, batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows of a list, in its order."""
    rows = visible(actor, IMPORT_PEOPLE, ImportRow.objects.filter(batch=batch))
    return rows.order_by("number")


@reads(IMPORT_PEOPLE, on="batch")
def looked_at(actor: Actor, *, batch: ImportBatch) -> ImportBatch:
    """Note that someone looks at the rows of a list, which name people."""
    return batch


def rows_to_correct(actor: Actor, batch: ImportBatch) -> QuerySet[ImportRow]:
    """Rows that cannot go in before someone corrects them."""
    rows = import_rows(actor, batch)
    return rows.filter(state=RowState.CORRECT).exclude(choice=Choice.LEAVE)


def rows_with_remarks(actor: Actor, batch: ImportBatch) -> QuerySet[ImportRow]:
    """Rows that go in, and that someone should look at."""
    rows = import_rows(actor, batch).exclude(state=RowState.CORRECT)
    return rows.filter(has_remarks=True)


def rows_to_store(actor: Actor, batch: ImportBatch) -> QuerySet[ImportRow]:
    """Rows that were agreed to and are not in yet."""
    rows = import_rows(actor, batch).filter(state=RowState.READY)
    return rows.filter(choice__in=[Choice.NEW, Choice.SAME])


def rows_with_twins(actor: Actor, batch: ImportBatch) -> QuerySet[ImportRow]:
    """Rows that may be someone known: stored before, or earlier in the same list."""
    rows = import_rows(actor, batch).select_related("twin", "twin__place")
    return rows.exclude(twin_reason="").filter(state=RowState.READY).exclude(choice=Choice.KNOWN)


@dataclass(frozen=True)
class Tally:
    """What becomes of the rows of a list. `read` is the sum of all others, always."""

    read: int
    new: int
    same: int
    known: int
    leave: int
    correct: int
    not_entries: int

    @property
    def going_in(self) -> int:
        """Rows that go in: new people and people filled in."""
        return self.new + self.same


def tally(batch: ImportBatch) -> Tally:
    """Count what becomes of every row of a list."""
    rows = ImportRow.objects.filter(batch=batch).order_by()
    found: Counter[str] = Counter()
    for state, choice, count in rows.values_list("state", "choice").annotate(Count("number")):
        found[_outcome(state, choice)] += count
    not_entries = int(batch.counts.get("not_entries", 0))
    return Tally(
        read=sum(found.values()) + not_entries,
        new=found[Choice.NEW],
        same=found[Choice.SAME],
        known=found[Choice.KNOWN],
        leave=found[Choice.LEAVE],
        correct=found[RowState.CORRECT],
        not_entries=not_entries,
    )


def _outcome(state: str, choice: str) -> str:
    waits = state == RowState.CORRECT and choice != Choice.LEAVE
    return RowState.CORRECT.value if waits else choice


def remembered(batch: ImportBatch) -> ImportBatch | None:
    """The last list of the same kind with a mapping: of the same headings first."""
    rows = ImportBatch.objects.filter(organisation=batch.organisation_id, kind=batch.kind)
    rows = rows.exclude(pk=batch.pk).exclude(state=ImportState.UPLOADED).order_by("-id")
    found: ImportBatch | None = rows.filter(headings=batch.headings).first() or rows.first()
    return found


def known_fingerprints(organisation_id: UUID, fingerprints: Sequence[str]) -> dict[str, UUID]:
    """Which of these rows came in before and whom they became."""
    rows = ImportRow.objects.filter(
        organisation_id=organisation_id,
        fingerprint__in=fingerprints,
        person__isnull=False,
        person__erased_at__isnull=True,
    )
    return dict(rows.values_list("fingerprint", "person"))


@dataclass(frozen=True)
class Known:
    """Someone stored who may be the one of a row, and why."""

    person_id: UUID
    reason: str
    sure: bool


def stored_twins(
    organisation_id: UUID, entries: Mapping[int, Plain], hashed: Hasher
) -> dict[int, Known]:
    """For rows of a list whoever of the people stored may be the same: a few queries for many
    rows, because candidates are found by tokens of phone, e-mail and pairs of name words."""
    asked = {number: twin_tokens(spoken_of(values), hashed) for number, values in entries.items()}
    holders = _holders(organisation_id, {token for twin in asked.values() for token in twin.all()})
    people = _people({person_id for held in holders.values() for person_id in held})
    found: dict[int, Known] = {}
    for number, twin in asked.items():
        candidates = {person_id for token in twin.all() for person_id in holders.get(token, ())}
        known = _best(spoken_of(entries[number]), [people[key] for key in candidates])
        if known:
            found[number] = known
    return found


def _holders(organisation_id: UUID, tokens: set[int]) -> dict[int, set[UUID]]:
    held: dict[int, set[UUID]] = defaultdict(set)
    ordered = sorted(tokens)
    for start in range(0, len(ordered), TOKENS_AT_ONCE):
        rows = SearchToken.objects.filter(
            organisation_id=organisation_id, token__in=ordered[start : start + TOKENS_AT_ONCE]
        )
        for token, person_id in rows.values_list("token", "person_id"):
            held[token].add(person_id)
    return {token: people for token, people in held.items() if len(people) <= MOST_HOLDERS}


def _people(keys: set[UUID]) -> dict[UUID, Person]:
    return {person.pk: person for person in Person.objects.filter(pk__in=keys)}


def _best(row: Spoken, candidates: Sequence[Person]) -> Known | None:
    found = [known for person in candidates if (known := _compare(row, person))]
    return min(found, key=lambda known: (not known.sure, known.reason), default=None)


def _compare(row: Spoken, person: Person) -> Known | None:
    likeness = names.similar(row.names[0], str(person.name)) if row.names else None
    phone = _same_phone(row.phone, str(person.phone))
    email = bool(row.email) and row.email.casefold() == str(person.email).casefold()
    if likeness is None:
        return None
    if likeness == names.Likeness.SAME_WORDS and (phone or email):
        return Known(person.pk, "same_phone" if phone else "same_email", sure=True)
    if likeness == names.Likeness.SAME_WORDS:
        return Known(person.pk, "same_name", sure=False)
    reason = "similar_same_contact" if phone or email else "similar_name"
    return Known(person.pk, reason, sure=False)


def _same_phone(first: str, second: str) -> bool:
    one, other = digits(first)[-PHONE_END:], digits(second)[-PHONE_END:]
    return bool(one) and one == other


def imports_begun_before(day: date) -> Iterable[UUID]:
    """Imports of up to a day whose file is still kept; for the retention clock."""
    rows = ImportBatch.objects.filter(file__isnull=False, created_at__date__lte=day)
    return rows.values_list("pk", flat=True)


def earlier_rows(batch: ImportBatch, numbers: Sequence[int]) -> dict[int, ImportRow]:
    """Rows of a list by their number."""
    rows = ImportRow.objects.filter(batch=batch, number__in=numbers)
    return {row.number: row for row in rows}
