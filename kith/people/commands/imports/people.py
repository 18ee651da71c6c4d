"""New people from rows of a list, many at a time: a fixed number of writes for each part."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from kith.base import vault
from kith.people.commands.index import add_to_index
from kith.people.models import (
    Children,
    Family,
    FamilyMember,
    ImportBatch,
    ImportRow,
    MentorCheck,
    MentorProfile,
    Note,
    ParticipantProfile,
    Person,
    PersonLanguage,
    Place,
    note_checks,
)
from kith.people.rules import CHILD_BANDS, CheckKind, Gender, GenderWish, ImportKind
from kith.people.rules.letters import language_of_letters
from kith.people.rules.listrows import Plain, day

MOST_CHILDREN = 15
GENDER_WISHES = {
    "any": (GenderWish.NONE, False),
    "woman": (GenderWish.WOMAN, False),
    "woman_only": (GenderWish.WOMAN, True),
    "man": (GenderWish.MAN, False),
    "man_only": (GenderWish.MAN, True),
}
CHECKS = ((CheckKind.TRAINING, "trained_until"), (CheckKind.RECORD_CHECK, "record_check_until"))


def create_people(
    batch: ImportBatch, rows: Sequence[ImportRow], *, today: date, now: datetime
) -> list[Person]:
    """Store new people in the order of their rows. Only inside a command."""
    if not rows:
        return []
    places = places_named(batch, [row.values.get("place", "") for row in rows])
    people = [_person(batch, row.values, places, now) for row in rows]
    vault.make_keys((person.pk, Person.vault_store) for person in people)
    Person.objects.bulk_create(people)
    pairs = [(person, row.values) for person, row in zip(people, rows, strict=True)]
    PersonLanguage.objects.bulk_create(_languages(pairs))
    if batch.kind == ImportKind.PARTICIPANTS:
        ParticipantProfile.objects.bulk_create(hopes(person, row) for person, row in pairs)
    else:
        MentorProfile.objects.bulk_create(offer(person, row, today) for person, row in pairs)
        MentorCheck.objects.bulk_create(
            check for person, row in pairs for check in checks(batch, person, row)
        )
        note_checks(person.pk for person in people)
    Note.objects.bulk_create(
        note for person, row in pairs for note in notes(batch, person, row, today)
    )
    _store_families(pairs)
    add_to_index(people)
    return people


Pairs = Sequence[tuple[Person, Plain]]


def places_named(batch: ImportBatch, names: Iterable[str]) -> dict[str, Place]:
    """The places of these names; new ones are made."""
    wanted = {name for name in names if name}
    known = {row.name: row for row in Place.objects.filter(name__in=wanted)}
    fresh = [
        Place(organisation_id=batch.organisation_id, name=name)
        for name in sorted(wanted - known.keys())
    ]
    Place.objects.bulk_create(fresh)
    return known | {row.name: row for row in fresh}


def _person(batch: ImportBatch, row: Plain, places: dict[str, Place], now: datetime) -> Person:
    channels = row.get("contact_channel") or ["phone"]
    return Person(
        organisation_id=batch.organisation_id,
        created_at=now,
        last_event_at=now,
        name=row["name"],
        phone=row.get("phone", ""),
        email=row.get("email", ""),
        channel=channels[0],
        safe_to_write=row.get("safe_to_write"),
        language=language_of_letters(row.get("languages", []), house=batch.organisation.languages),
        age_band=row.get("age_band", ""),
        adult=True,
        is_participant=batch.kind == ImportKind.PARTICIPANTS,
        is_mentor=batch.kind == ImportKind.MENTORS,
        place=places.get(row.get("place", "")),
        online=row.get("online"),
        availability=row.get("availability", []),
    )


def _languages(pairs: Pairs) -> list[PersonLanguage]:
    return [language for person, row in pairs for language in languages(person, row)]


def languages(person: Person, row: Plain) -> list[PersonLanguage]:
    """What someone speaks."""
    return [
        PersonLanguage(
            organisation_id=person.organisation_id, person=person, code=code, level=level
        )
        for code, level in row.get("languages", [])
    ]


def hopes(person: Person, row: Plain) -> ParticipantProfile:
    """What a participant hopes for."""
    wish, firm = GENDER_WISHES[row.get("gender_wish", "any")]
    return ParticipantProfile(
        organisation_id=person.organisation_id,
        person=person,
        needs=row.get("needs", []),
        gender_wish=wish,
        gender_wish_firm=firm,
        asked_on=day(row, "waiting_since"),
    )


def offer(person: Person, row: Plain, today: date) -> MentorProfile:
    """What a mentor offers."""
    return MentorProfile(
        organisation_id=person.organisation_id,
        person=person,
        topics=row.get("help_topics", []),
        capacity=row.get("capacity", 1),
        gender=row.get("gender", Gender.UNSAID),
        available_since=today,
        trained_until=day(row, "trained_until"),
    )


def checks(batch: ImportBatch, person: Person, row: Plain) -> list[MentorCheck]:
    """Checks with the day they end; a list does not say when they were done."""
    return [
        MentorCheck(
            organisation_id=person.organisation_id,
            person=person,
            kind=kind,
            valid_until=until,
            seen_by=batch.by,
        )
        for kind, key in CHECKS
        if (until := day(row, key)) is not None
    ]


def notes(batch: ImportBatch, person: Person, row: Plain, today: date) -> list[Note]:
    """What a list says in free words: nobody here saw it or heard it from the person."""
    said = row.get("note", "")
    if not said:
        return []
    return [
        Note(
            organisation_id=person.organisation_id,
            person=person,
            written_on=today,
            written_by=batch.by,
            from_list=True,
            told_by_others=said,
        )
    ]


def _store_families(pairs: Pairs) -> None:
    """A family for everyone with children: a number and age bands, never names."""
    with_children = [(person, row) for person, row in pairs if _count(row)]
    families = [
        Family(organisation_id=person.organisation_id, label=_family_name(person))
        for person, _row in with_children
    ]
    vault.make_keys((family.pk, Family.vault_store) for family in families)
    Family.objects.bulk_create(families)
    members = zip(families, with_children, strict=True)
    FamilyMember.objects.bulk_create(
        FamilyMember(organisation_id=person.organisation_id, family=family, person=person)
        for family, (person, _row) in members
    )
    Children.objects.bulk_create(
        child
        for family, (_person, row) in zip(families, with_children, strict=True)
        for child in _children(family, row)
    )


def _count(row: Plain) -> int:
    return int((row.get("children") or {}).get("count", 0))


def _family_name(person: Person) -> str:
    return str(person.name).split()[-1]


def _children(family: Family, row: Plain) -> list[Children]:
    bands = [band for band in row["children"]["bands"] if band in CHILD_BANDS]
    counts = {band: bands.count(band) for band in CHILD_BANDS}
    counts[""] = max(0, _count(row) - len(bands))
    return [
        Children(
            organisation_id=family.organisation_id,
            family=family,
            age_band=band,
            count=min(count, MOST_CHILDREN),
        )
        for band, count in counts.items()
        if count
    ]
