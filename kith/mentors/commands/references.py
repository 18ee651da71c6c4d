"""References: named by the mentor, answered by link, read and decided by a coordinator."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from secrets import token_urlsafe
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from kith.base import vault
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command, reads
from kith.mentors.models import Reference
from kith.mentors.permissions import ANSWER_REFERENCE, NAME_REFEREE, READ_REFERENCE
from kith.mentors.queries.conduct import valid_until
from kith.mentors.queries.references import kept_code
from kith.mentors.rules.references import LONGEST_ANSWER, MOST_NAMED, State, link_until, questions
from kith.people.commands.checks import keep_check
from kith.people.commands.people import touch
from kith.people.models import Person
from kith.people.rules import CheckKind


class TooManyNamed(Refused):
    """Six names are enough; who did not answer can be taken back."""

    sentence = _("You have named six people already. Take a name back first.")


class NamedOneself(Refused):
    """Nobody is their own reference."""

    sentence = _("Name somebody else. This is your own address.")


class AlreadyNamed(Refused):
    """The same address is asked once."""

    sentence = _("You have named this person already.")


class NotOpenAnyMore(Refused):
    """It was answered or decided meanwhile."""

    sentence = _("This was answered or decided meanwhile. Look at it again.")


class AnswersMissing(Refused):
    """Five short questions, five short answers."""

    sentence = _("Please answer all five questions, each in at most 1,000 letters.")


@dataclass(frozen=True)
class Asked:
    """A reference that is asked for, and what its link carries; that is not stored."""

    reference: Reference
    secret: str


@command(NAME_REFEREE, on="person")
def name_referee(
    actor: Actor, *, person: Person, name: str, email: str, language: str, today: date
) -> Asked:
    """Name somebody who knows the mentor. Raises TooManyNamed, NamedOneself, AlreadyNamed."""
    named = list(Reference.objects.filter(person=person))
    wanted = email.strip().casefold()
    if len(named) >= MOST_NAMED:
        raise TooManyNamed()
    if wanted == str(person.email).strip().casefold():
        raise NamedOneself()
    if any(str(one.email).casefold() == wanted for one in named):
        raise AlreadyNamed()
    secret = token_urlsafe(24)
    reference = Reference(
        organisation=actor.organisation,
        person=person,
        name=" ".join(name.split()),
        email=email.strip(),
        language=language,
        asked_on=today,
        code=kept_code(person.organisation_id, secret),
        link_until=link_until(today),
    )
    reference.save()
    return Asked(reference, secret)


@command(NAME_REFEREE, on="person")
def note_mailed(actor: Actor, *, person: Person, reference: Reference) -> None:
    """The link went off by mail."""
    reference.is_mailed = True
    reference.save()


@command(NAME_REFEREE, on="person")
def take_name_back(actor: Actor, *, person: Person, reference: Reference) -> None:
    """Take back a name while nobody has answered; the link is dead. Raises NotOpenAnyMore."""
    reference = _locked(reference)
    if reference.person_id != person.pk or State(reference.state) not in {
        State.ASKED,
        State.REFUSED,
    }:
        raise NotOpenAnyMore()
    forget_references([reference.pk])


@command(READ_REFERENCE, on="reference")
def new_link(actor: Actor, *, reference: Reference, today: date) -> Asked:
    """Make the link anew, to hand it over or send it again; the old one is dead.

    Raises NotOpenAnyMore.
    """
    reference = _locked(reference)
    if State(reference.state) is not State.ASKED:
        raise NotOpenAnyMore()
    secret = token_urlsafe(24)
    reference.code = kept_code(reference.organisation_id, secret)
    reference.link_until = link_until(today)
    reference.save()
    return Asked(reference, secret)


@command(ANSWER_REFERENCE, on="reference")
def answer_reference(
    actor: Actor, *, reference: Reference, answers: Mapping[str, str], today: date
) -> None:
    """Answer the five questions; the link opens no more. Raises NotOpenAnyMore, AnswersMissing."""
    reference = _locked(reference)
    if State(reference.state) is not State.ASKED or reference.link_until < today:
        raise NotOpenAnyMore()
    said = {one.key: answers.get(one.key, "").strip() for one in questions().questions}
    if not all(said.values()) or max(map(len, said.values())) > LONGEST_ANSWER:
        raise AnswersMissing()
    reference.answers = {"version": questions().version, "said": said}
    _close(reference, State.ANSWERED, today)


@command(ANSWER_REFERENCE, on="reference")
def refuse_reference(actor: Actor, *, reference: Reference, today: date) -> None:
    """Rather say nothing; no reason is asked. Raises NotOpenAnyMore."""
    reference = _locked(reference)
    if State(reference.state) is not State.ASKED:
        raise NotOpenAnyMore()
    reference.email = ""
    _close(reference, State.REFUSED, today)


def _close(reference: Reference, state: State, today: date) -> None:
    reference.state, reference.code, reference.answered_on = state.value, None, today
    reference.save()


@reads(READ_REFERENCE, on="reference")
def read_reference(actor: Actor, *, reference: Reference) -> dict[str, str]:
    """What somebody wrote, by question; looking is noted."""
    said: dict[str, str] = (reference.answers or {}).get("said", {})
    return said


@command(READ_REFERENCE, on="reference")
def decide_reference(
    actor: Actor, *, reference: Reference, counts: bool, today: date, now: datetime
) -> None:
    """Say whether it counts; a yes is noted as a check. Raises NotOpenAnyMore."""
    reference = _locked(reference)
    if State(reference.state) is not State.ANSWERED:
        raise NotOpenAnyMore()
    reference.state = (State.COUNTS if counts else State.COUNTS_NOT).value
    reference.decided_on, reference.decided_by = today, actor.membership
    reference.save()
    if counts:
        kind = CheckKind.REFERENCES
        keep_check(
            reference.person,
            kind.value,
            done_on=today,
            valid_until=valid_until(reference.person, kind, today=today),
            seen_by=actor.membership,
        )
    touch(reference.person, at=now)


def forget_references(keys: Iterable[UUID]) -> int:
    """Erase references for good, the key first. Only inside a command."""
    rows = list(Reference.objects.filter(pk__in=list(keys)))
    for row in rows:
        vault.forget(row.pk)
        row.delete()
    return len(rows)


def _locked(reference: Reference) -> Reference:
    found: Reference = (
        Reference.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=reference.pk)
    )
    return found
