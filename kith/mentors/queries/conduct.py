"""The code of conduct in force, and who accepted which edition of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from kith.base.days import months_later
from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.mentors.models import ConductAcceptance, ConductEdition
from kith.mentors.permissions import KEEP_CONDUCT
from kith.mentors.rules.conduct import edition_of, house_conduct, own_in
from kith.people.models import Person
from kith.people.rules import CHECK_WARNING_DAYS, CheckKind
from kith.programmes.models import Enrolment
from kith.programmes.rules import PlaceState, Side, rules_of

PAGE = 50
MOST_EDITIONS = 50
MOST_PLACES = 20


@dataclass(frozen=True)
class Conduct:
    """The code of conduct as somebody reads it, in one language."""

    edition: str
    title: str
    why: str
    house: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that is promised, the words of the house first."""
        return (*self.house, *self.own)


def in_force(language: str) -> Conduct:
    """What mentors are asked to promise now, in the organisation of the present scope."""
    text, newest = house_conduct(), newest_edition()
    return Conduct(
        edition=edition_of(newest.number if newest else 0),
        title=text.title.say(language),
        why=text.why.say(language),
        house=text.sentences.say(language),
        own=own_in(newest.own, language) if newest else (),
    )


def newest_edition() -> ConductEdition | None:
    """The own sentences in force; None where there were never any."""
    newest: ConductEdition | None = ConductEdition.objects.order_by("-number").first()
    return newest


def acceptance_of(person: Person) -> ConductAcceptance | None:
    """What somebody accepted last."""
    rows = ConductAcceptance.objects.filter(person=person).select_related("noted")
    newest: ConductAcceptance | None = rows.order_by("-accepted_on", "-id").first()
    return newest


def is_to_renew(acceptance: ConductAcceptance, today: date) -> bool:
    """Whether what was accepted ends soon, or has ended, and is to be read again."""
    noted, soon = acceptance.noted, today + timedelta(days=CHECK_WARNING_DAYS)
    return noted is None or (noted.valid_until is not None and noted.valid_until <= soon)


def valid_until(person: Person, kind: CheckKind, *, today: date) -> date | None:
    """Until when a check of today counts: as the strictest programme of this mentor says."""
    places = Enrolment.objects.filter(person=person, side=Side.MENTOR.value)
    places = places.exclude(state=PlaceState.ENDED.value).select_related("programme")
    months = [
        check.valid_months
        for place in places.order_by("id")[:MOST_PLACES]
        for check in rules_of(place.programme).checks
        if check.kind.value == kind.value and check.valid_months is not None
    ]
    return months_later(today, min(months)) if months else None


def checks_of_earlier(*, until: date) -> "QuerySet[ConductAcceptance, UUID | None]":
    """Keys of checks by which an earlier edition still counts after a day."""
    newest = newest_edition()
    now = edition_of(newest.number if newest else 0)
    later = Q(noted__valid_until__isnull=True) | Q(noted__valid_until__gt=until)
    rows = ConductAcceptance.objects.filter(later, noted__isnull=False).exclude(edition=now)
    return rows.order_by("id").values_list("noted", flat=True)


# ── For those who keep it ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Accepted:
    """How many mentors accepted the edition in force, out of all who are here."""

    number: int
    mentors: int


def accepted(actor: Actor) -> Accepted:
    """Counted together, without names."""
    number = acceptances(actor).filter(edition=in_force("en").edition).count()
    mentors = Person.objects.filter(
        organisation=actor.organisation,
        is_mentor=True,
        archived_at__isnull=True,
        erased_at__isnull=True,
    )
    return Accepted(number, mentors.count())


def acceptances(actor: Actor) -> "QuerySet[ConductAcceptance]":
    """Who accepted which edition and when."""
    rows = visible(actor, KEEP_CONDUCT, ConductAcceptance.objects.all())
    return rows.select_related("person").order_by("-id")


def acceptances_page(actor: Actor, *, before: UUID | None) -> list[ConductAcceptance]:
    """The newest ones, or those before a row; one more than a page when there are more."""
    rows = acceptances(actor)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[: PAGE + 1])


def editions(actor: Actor) -> list[ConductEdition]:
    """The own sentences of this organisation, the newest first."""
    rows = visible(actor, KEEP_CONDUCT, ConductEdition.objects.all())
    return list(rows.select_related("by").order_by("-number")[:MOST_EDITIONS])
