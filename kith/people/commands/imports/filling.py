"""A row about someone who is here already: what is empty is filled in, nothing is overwritten."""

from datetime import date, datetime

from kith.people.commands.imports.people import (
    CHECKS,
    checks,
    hopes,
    languages,
    notes,
    offer,
    places_named,
)
from kith.people.commands.index import renew_index
from kith.people.models import (
    ImportBatch,
    MentorCheck,
    MentorProfile,
    Note,
    ParticipantProfile,
    Person,
    PersonLanguage,
    note_checks,
)
from kith.people.rules import ImportKind
from kith.people.rules.listrows import Plain, day


def fill_in(batch: ImportBatch, person: Person, row: Plain, *, today: date, now: datetime) -> None:
    """Fill what is empty of a person from a row. Only inside a command."""
    _fill_person(batch, person, row, now)
    if not PersonLanguage.objects.filter(person=person).exists():
        PersonLanguage.objects.bulk_create(languages(person, row))
    _add_note(batch, person, row, today)
    if batch.kind == ImportKind.PARTICIPANTS:
        _fill_hopes(person, row)
    else:
        _fill_offer(person, row, today)
        _add_checks(batch, person, row)


def _fill_person(batch: ImportBatch, person: Person, row: Plain, now: datetime) -> None:
    searched = (person.phone, person.email)
    person.phone = person.phone or row.get("phone", "")
    person.email = person.email or row.get("email", "")
    person.age_band = person.age_band or row.get("age_band", "")
    person.availability = person.availability or row.get("availability", [])
    if person.place is None and row.get("place"):
        person.place = places_named(batch, [row["place"]])[row["place"]]
    for name in ("online", "safe_to_write"):
        if getattr(person, name) is None:
            setattr(person, name, row.get(name))
    person.is_participant |= batch.kind == ImportKind.PARTICIPANTS
    person.is_mentor |= batch.kind == ImportKind.MENTORS
    person.archived_at = None
    person.last_event_at = max(now, person.last_event_at)
    person.save()
    if searched != (person.phone, person.email):
        renew_index(person)


def _fill_hopes(person: Person, row: Plain) -> None:
    profile = ParticipantProfile.objects.filter(person=person).first()
    if profile is None:
        hopes(person, row).save()
        return
    profile.needs = profile.needs or row.get("needs", [])
    asked = [on for on in (profile.asked_on, day(row, "waiting_since")) if on]
    profile.asked_on = min(asked, default=None)
    profile.save()


def _fill_offer(person: Person, row: Plain, today: date) -> None:
    profile = MentorProfile.objects.filter(person=person).first()
    if profile is None:
        offer(person, row, today).save()
        return
    profile.topics = profile.topics or row.get("help_topics", [])
    trained = [on for on in (profile.trained_until, day(row, "trained_until")) if on]
    profile.trained_until = max(trained, default=None)
    profile.save()


def _add_note(batch: ImportBatch, person: Person, row: Plain, today: date) -> None:
    """What this list says, unless an earlier one said the same."""
    earlier = Note.objects.filter(person=person, from_list=True)
    known = {str(note.told_by_others) for note in earlier}
    Note.objects.bulk_create(
        note for note in notes(batch, person, row, today) if note.told_by_others not in known
    )


def _add_checks(batch: ImportBatch, person: Person, row: Plain) -> None:
    """Checks that hold longer than those noted before."""
    rows = MentorCheck.objects.filter(person=person, kind__in=[kind for kind, _key in CHECKS])
    held = set(rows.values_list("kind", "valid_until"))
    without_end = {kind for kind, until in held if until is None}
    MentorCheck.objects.bulk_create(
        check
        for check in checks(batch, person, row)
        if check.kind not in without_end
        and all(until < check.valid_until for kind, until in held if kind == check.kind)
    )
    note_checks([person.pk])
