"""Those who are reminded: what they wish, when they were last written to, how programmes remind."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from kith.gate.models import Membership
from kith.people.models import Person
from kith.reminders.models import Choice, Letter, ProgrammePlan, Wishes
from kith.reminders.rules.kinds import Kind
from kith.reminders.rules.moments import USUAL, Plan, Quiet, Rhythm, strictest
from kith.reminders.rules.states import Channel


@dataclass(frozen=True)
class Recipient:
    """A member with what they wish, and when they were last written to."""

    member: Membership
    wishes: Wishes
    choices: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    last_daily: date | None = None
    last_letter_at: datetime | None = None

    @property
    def rhythm(self) -> Rhythm:
        """When the mail of the day is due."""
        return Rhythm(self.wishes.hour, self.wishes.clock, self.last_daily)

    def wants(self, kind: Kind, channel: Channel) -> bool:
        """Whether the member is to be reminded of a kind in this way."""
        if channel is Channel.MAIL and not self.wishes.wants_mail:
            return False
        usual = kind.in_mail if channel is Channel.MAIL else kind.in_kith
        return self.choices.get((kind.key, channel.value), usual)

    def goes_at_once(self, kind: Kind) -> bool:
        """Whether a mail about a kind does not wait for the hour of the day."""
        return kind.is_at_once and not self.wishes.only_daily


def recipients(members: Iterable[Membership]) -> dict[UUID, Recipient]:
    """Some members as recipients, by the key of the membership, in three queries."""
    found = {member.pk: member for member in members}
    wishes = {row.member_id: row for row in Wishes.objects.filter(member__in=list(found))}
    choices: dict[UUID, dict[tuple[str, str], bool]] = {key: {} for key in found}
    for row in Choice.objects.filter(member__in=list(found)):
        choices[row.member_id][row.kind, row.channel] = row.is_wanted
    written = Letter.objects.filter(member__in=list(found)).values_list("member").order_by()
    last = {key: (day, at) for key, day, at in written.annotate(Max("day"), Max("begun_at"))}
    return {
        key: Recipient(
            member,
            wishes.get(key) or Wishes(member=member),
            choices[key],
            *last.get(key, (None, None)),
        )
        for key, member in found.items()
    }


def members_by_user(user_ids: Collection[UUID]) -> dict[UUID, Membership]:
    """The active members behind some sign-ins."""
    rows = Membership.objects.filter(user__in=list(user_ids), active=True)
    return {row.user_id: row for row in rows.select_related("user")}


def unsafe_to_write(user_ids: Collection[UUID]) -> set[UUID]:
    """Those who said that it is not safe to write to them."""
    rows = Person.objects.filter(user__in=list(user_ids), safe_to_write=False)
    return {key for key in rows.values_list("user_id", flat=True) if key is not None}


@dataclass(frozen=True)
class Plans:
    """The plans of all programmes of an organisation, and the one for everything else."""

    of_programmes: Mapping[UUID | None, Plan]

    def of(self, programme_id: UUID | None) -> Plan:
        """The plan of a programme; of the organisation where it has none of its own."""
        of_house = self.of_programmes.get(None, USUAL)
        return self.of_programmes.get(programme_id, of_house)

    @property
    def all(self) -> list[Plan]:
        """Every plan there is."""
        return [self.of(None), *self.of_programmes.values()]

    def quiet_of(self, programme_ids: Iterable[UUID | None]) -> Quiet:
        """The quiet hours of several programmes together."""
        return strictest(self.of(key).quiet for key in programme_ids)


def plans() -> Plans:
    """Every plan of the organisation of the present scope."""
    return Plans({row.programme_id: row.plan for row in ProgrammePlan.objects.all()})
