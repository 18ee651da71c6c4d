"""Writing people down, section by section."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.gate.models import Membership
from kith.people.commands.index import add_to_index, renew_index
from kith.people.events import PersonAdded
from kith.people.models import (
    MentorProfile,
    ParticipantProfile,
    Person,
    PersonLanguage,
    Place,
)
from kith.people.permissions import EDIT_PERSON, EDIT_WISHES
from kith.people.rules import SLOTS, Gender, GenderWish, Side
from kith.people.rules.letters import language_of_letters


class NotAnAdult(Refused):
    """Mentoring here is between adults; children are a number and an age band in a family."""

    sentence = _("Confirm that this person is 18 or older. Only adults are entered here.")


class NameMissing(Refused):
    """Nobody is written down without a name."""

    sentence = _("Write down a name.")


class AlreadyOnThisSide(Refused):
    """The person already has this profile."""

    sentence = _("This person already is on this side.")


@command(EDIT_PERSON)
def add_participant(  # noqa: PLR0913 - what is asked when someone comes in
    actor: Actor,
    *,
    name: str,
    adult: bool,
    called: str = "",
    phone: str = "",
    email: str = "",
    channel: str = "phone",
    safe_to_write: bool | None = None,
    contact_note: str = "",
    language: str = "",
    age_band: str = "",
    languages: Mapping[str, int] | None = None,
    needs: Iterable[str] = (),
    asked_on: date | None = None,
    responsible: Membership | None = None,
) -> Person:
    """Write down someone who asks for a mentor. Raises NameMissing, NotAnAdult."""
    person = _new_person(
        actor,
        Side.PARTICIPANT,
        name=name,
        adult=adult,
        called=called,
        phone=phone,
        email=email,
        channel=channel,
        safe_to_write=safe_to_write,
        contact_note=contact_note,
        language=language,
        age_band=age_band,
        languages=languages or {},
        responsible=responsible,
    )
    ParticipantProfile.objects.create(person=person, needs=list(needs), asked_on=asked_on)
    announce(PersonAdded(person.pk, Side.PARTICIPANT))
    return person


@command(EDIT_PERSON)
def add_mentor(  # noqa: PLR0913 - what is asked when someone comes in
    actor: Actor,
    *,
    name: str,
    adult: bool,
    called: str = "",
    phone: str = "",
    email: str = "",
    channel: str = "phone",
    safe_to_write: bool | None = None,
    contact_note: str = "",
    language: str = "",
    age_band: str = "",
    languages: Mapping[str, int] | None = None,
    topics: Iterable[str] = (),
    capacity: int = 1,
    available_since: date | None = None,
    responsible: Membership | None = None,
) -> Person:
    """Write down someone who wants to be a mentor. Raises NameMissing, NotAnAdult."""
    person = _new_person(
        actor,
        Side.MENTOR,
        name=name,
        adult=adult,
        called=called,
        phone=phone,
        email=email,
        channel=channel,
        safe_to_write=safe_to_write,
        contact_note=contact_note,
        language=language,
        age_band=age_band,
        languages=languages or {},
        responsible=responsible,
    )
    MentorProfile.objects.create(
        person=person, topics=list(topics), capacity=capacity, available_since=available_since
    )
    announce(PersonAdded(person.pk, Side.MENTOR))
    return person


def _new_person(
    actor: Actor, side: Side, *, languages: Mapping[str, int], **fields: object
) -> Person:
    name = " ".join(str(fields.pop("name")).split())
    if not name:
        raise NameMissing()
    if not fields["adult"]:
        raise NotAnAdult()
    if not fields["language"]:
        house = actor.organisation.languages if actor.organisation else []
        fields["language"] = language_of_letters(languages.items(), house=house)
    person = Person(
        organisation=actor.organisation,
        name=name,
        is_participant=side is Side.PARTICIPANT,
        is_mentor=side is Side.MENTOR,
        **fields,
    )
    person.save()
    add_to_index([person])
    _store_languages(person, languages)
    return person


@command(EDIT_PERSON, on="person")
def take_side(actor: Actor, *, person: Person, side: Side, today: date) -> Person:
    """Let someone be on the other side as well: a participant who becomes a mentor, or back.

    Raises AlreadyOnThisSide.
    """
    if person.is_participant if side is Side.PARTICIPANT else person.is_mentor:
        raise AlreadyOnThisSide()
    if side is Side.PARTICIPANT:
        ParticipantProfile.objects.create(person=person, asked_on=today)
        person.is_participant = True
    else:
        MentorProfile.objects.create(person=person, available_since=today)
        person.is_mentor = True
    person.save(update_fields=["is_participant", "is_mentor"])
    announce(PersonAdded(person.pk, side))
    return person


@command(EDIT_PERSON, on="person")
def change_identity(
    actor: Actor,
    *,
    person: Person,
    name: str,
    called: str,
    age_band: str,
    language: str,
    now: datetime,
) -> Person:
    """Change how someone is named, and the language of letters. Raises NameMissing."""
    person.name = " ".join(name.split())
    if not person.name:
        raise NameMissing()
    person.called, person.age_band, person.language = called.strip(), age_band, language
    _save_and_touch(person, now)
    renew_index(person)
    return person


@command(EDIT_WISHES, on="person")
def change_contact(
    actor: Actor,
    *,
    person: Person,
    phone: str,
    email: str,
    channel: str,
    safe_to_write: bool | None,
    contact_note: str,
    now: datetime,
) -> Person:
    """Change how someone is reached, and whether it is safe to write."""
    person.phone, person.email = phone.strip(), email.strip()
    person.channel, person.safe_to_write = channel, safe_to_write
    person.contact_note = contact_note
    _save_and_touch(person, now)
    renew_index(person)
    return person


@command(EDIT_WISHES, on="person")
def set_languages(
    actor: Actor, *, person: Person, languages: Mapping[str, int], now: datetime
) -> Person:
    """Set what someone speaks and how well: code → level 1 to 5."""
    PersonLanguage.objects.filter(person=person).delete()
    _store_languages(person, languages)
    _save_and_touch(person, now)
    return person


@command(EDIT_WISHES, on="person")
def set_availability(
    actor: Actor, *, person: Person, slots: Iterable[str], now: datetime
) -> Person:
    """Set when meetings suit, as codes of the week grid."""
    chosen = set(slots)
    person.availability = [slot for slot in SLOTS if slot in chosen]
    _save_and_touch(person, now)
    return person


@command(EDIT_WISHES, on="person")
def set_place(
    actor: Actor,
    *,
    person: Person,
    place: str,
    max_km: int | None,
    online: bool | None,
    now: datetime,
) -> Person:
    """Set where someone is, how far meetings may be, and whether online suits too."""
    person.place = place_named(place)
    person.max_km, person.online = max_km, online
    _save_and_touch(person, now)
    return person


@command(EDIT_PERSON, on="person")
def set_hopes(  # noqa: PLR0913 - the questions of one section
    actor: Actor,
    *,
    person: Person,
    now: datetime,
    needs: Iterable[str],
    interests: Iterable[str] = (),
    gender_wish: str = GenderWish.NONE,
    gender_wish_firm: bool = False,
    interpreter: bool = False,
    asked_on: date | None = None,
) -> ParticipantProfile:
    """Set what a participant hopes for."""
    profile: ParticipantProfile = ParticipantProfile.objects.get(person=person)
    profile.needs, profile.interests = list(needs), list(interests)
    profile.gender_wish = gender_wish
    profile.gender_wish_firm = gender_wish_firm and gender_wish != GenderWish.NONE
    profile.interpreter = interpreter
    profile.asked_on = asked_on or profile.asked_on
    profile.save()
    _save_and_touch(person, now)
    return profile


@command(EDIT_PERSON, on="person")
def set_offer(
    actor: Actor,
    *,
    person: Person,
    now: datetime,
    topics: Iterable[str],
    interests: Iterable[str] = (),
    capacity: int = 1,
    gender: str = Gender.UNSAID,
    settled_here: bool = False,
) -> MentorProfile:
    """Set what a mentor offers."""
    profile: MentorProfile = MentorProfile.objects.get(person=person)
    profile.topics, profile.interests = list(topics), list(interests)
    profile.capacity, profile.gender = capacity, gender
    profile.settled_here = settled_here
    profile.save()
    _save_and_touch(person, now)
    return profile


@command(EDIT_PERSON, on="person")
def pause_mentor(
    actor: Actor, *, person: Person, until: date, today: date, now: datetime
) -> MentorProfile:
    """Let a mentor rest until a day. Raises PauseEndsInThePast."""
    if until <= today:
        raise PauseEndsInThePast()
    return _set_pause(person, until, now)


@command(EDIT_PERSON, on="person")
def end_pause(actor: Actor, *, person: Person, now: datetime) -> MentorProfile:
    """The mentor is there again."""
    return _set_pause(person, None, now)


class PauseEndsInThePast(Refused):
    """A pause ends on a day to come."""

    sentence = _("Choose a day after today.")


def _set_pause(person: Person, until: date | None, now: datetime) -> MentorProfile:
    profile: MentorProfile = MentorProfile.objects.get(person=person)
    profile.paused_until = until
    profile.save()
    _save_and_touch(person, now)
    return profile


@command(EDIT_PERSON, on="person")
def take_on(
    actor: Actor, *, person: Person, responsible: Membership | None, now: datetime
) -> Person:
    """Say whose caseload someone belongs to; None gives them back to everyone."""
    person.responsible = responsible
    _save_and_touch(person, now)
    return person


@command(EDIT_PERSON, on="person")
def archive_person(actor: Actor, *, person: Person, now: datetime) -> Person:
    """Take someone out of the lists; the record stays."""
    person.archived_at = now
    person.save(update_fields=["archived_at"])
    return person


@command(EDIT_PERSON, on="person")
def restore_person(actor: Actor, *, person: Person) -> Person:
    """Bring someone back into the lists."""
    person.archived_at = None
    person.save(update_fields=["archived_at"])
    return person


@command(EDIT_PERSON, on="person")
def link_user(actor: Actor, *, person: Person, user_id: UUID | None) -> Person:
    """Say which sign-in is this person's own."""
    person.user_id = user_id
    person.save(update_fields=["user"])
    return person


def touch(person: Person, *, at: datetime) -> None:
    """Something happened with someone: they move up in the lists. Only inside a command."""
    Person.objects.filter(pk=person.pk, last_event_at__lt=at).update(last_event_at=at)


def place_named(name: str) -> Place | None:
    """The organisation's place of this name, made when it is new; None for an empty name."""
    wanted = " ".join(name.split())
    if not wanted:
        return None
    place: Place | None = Place.objects.filter(name=wanted).first()
    return place or Place.objects.create(name=wanted)


def _save_and_touch(person: Person, now: datetime) -> None:
    person.last_event_at = max(now, person.last_event_at)
    person.save()


def _store_languages(person: Person, languages: Mapping[str, int]) -> None:
    PersonLanguage.objects.bulk_create(
        PersonLanguage(
            organisation_id=person.organisation_id, person=person, code=code, level=level
        )
        for code, level in languages.items()
    )
