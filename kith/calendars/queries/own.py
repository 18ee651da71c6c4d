"""Somebody's own meetings, for the page and for the file behind a secret address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.activities.models import SignUp
from kith.activities.rules.plan import ActivityState, Answer
from kith.base import scope
from kith.calendars.models import CalendarWish
from kith.calendars.rules.entries import Entry
from kith.calendars.rules.states import DAYS_AHEAD, DAYS_BACK, MOST_ENTRIES, MOST_MATCHES
from kith.gate.models import Membership
from kith.mentoring.models import MatchMember, Meeting
from kith.mentoring.rules.states import USUAL_MINUTES, WATCHED, MeetingState
from kith.rota.models import Duty
from kith.rota.queries.lists import of_user as duties_of_user
from kith.rota.rules.states import DutyState

SALT = "calendars.address"
STANDS = frozenset({MeetingState.PLANNED.value, MeetingState.HELD.value})
NEXT_WEEKS = timedelta(weeks=5)
RUNS = frozenset(state.value for state in WATCHED)


def wish_of(member: Membership) -> CalendarWish:
    """What a member wishes for their calendar."""
    return CalendarWish.objects.filter(member=member).first() or CalendarWish(member=member)


def address_of(wish: CalendarWish) -> str:
    """The secret address, whole; empty while there is none."""
    if not wish.is_open:
        return ""
    member = wish.member
    code = signing.dumps([member.organisation_id.hex, member.pk.hex, wish.number], salt=SALT)
    return whole(reverse("calendars:file", args=[code]))


def whole(path: str) -> str:
    """An address of this Kith with its host."""
    return settings.KITH_ADDRESS.rstrip("/") + path


def member_behind(code: str) -> Membership | None:
    """Whose calendar a secret address shows; None when it was renewed, closed or made up."""
    try:
        organisation_id, member_id, number = signing.loads(code, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    with scope.entered(UUID(organisation_id)):
        rows = CalendarWish.objects.filter(
            member=UUID(member_id), member__active=True, is_open=True, number=number
        )
        wish = rows.select_related("member__user").first()
    return wish.member if wish else None


def matches_of(user_id: UUID | None) -> list[UUID]:
    """The matches somebody belongs to now, the newest first."""
    rows = MatchMember.objects.filter(person__user=user_id, until__isnull=True)
    return list(rows.order_by("-since").values_list("match", flat=True)[:MOST_MATCHES])


def planned_in(
    matches: Collection[UUID], begin: datetime, end: datetime
) -> "QuerySet[Meeting, Meeting]":
    """The meetings of some matches that were planned for a span, the earliest first."""
    rows = Meeting.objects.filter(
        match__in=matches, planned_at__gte=begin, planned_at__lt=end
    ).select_related("match__participant", "match__mentor", "match__group", "match__programme")
    ordered: QuerySet[Meeting, Meeting] = rows.order_by("planned_at", "id")
    return ordered


def entries_of(member: Membership, *, now: datetime) -> list[Entry]:
    """What stands in somebody's own calendar: two months back, a year ahead."""
    begin, end = now - timedelta(days=DAYS_BACK), now + timedelta(days=DAYS_AHEAD)
    rows = planned_in(matches_of(member.user_id), begin, end)[:MOST_ENTRIES]
    duties = duties_of_user(member.user_id, begin, end)
    return [*(entry_of(row) for row in rows), *(duty_entry(row, member) for row in duties)]


def entry_of(row: Meeting) -> Entry:
    """A meeting as a calendar shows it. What rests or was closed with its match is off."""
    assert row.planned_at is not None  # noqa: S101 - only planned meetings are asked for
    is_gone = row.state == MeetingState.PLANNED and row.match.state not in RUNS
    return Entry(
        key=row.pk,
        sequence=row.sequence + (1 if is_gone else 0),
        begins=row.planned_at,
        minutes=row.minutes or USUAL_MINUTES,
        place=str(row.place),
        link=whole(reverse("mentoring:match", args=[row.match_id])),
        is_off=row.state not in STANDS or is_gone,
    )


def duty_entry(row: Duty, member: Membership) -> Entry:
    """A duty as a calendar shows it: to whoever takes it, and to the family that is visited."""
    rests = row.state == DutyState.PLANNED and row.match.state not in RUNS
    nobody = row.state == DutyState.PLANNED and row.holder is None
    is_own = row.member is not None and row.member.person.user_id == member.user_id
    return Entry(
        key=row.pk,
        sequence=row.sequence + (1 if rests else 0),
        begins=row.at,
        minutes=row.minutes,
        place="",
        link=whole(reverse("rota:rota", args=[row.match_id])),
        is_off=row.state == DutyState.OFF or rests or nobody,
        title=_("Duty") if is_own else _("A visit of the group"),
    )


@dataclass(frozen=True)
class Month:
    """A month with the ones beside it; where none was asked for, the weeks from a day on."""

    first: date
    is_whole: bool = True

    @classmethod
    def read(cls, text: str, *, today: date) -> "Month":
        """The month an address names, or the weeks from today on."""
        try:
            return cls(date.fromisoformat(f"{text}-01"))
        except ValueError:
            return cls(today, is_whole=False)

    @property
    def before(self) -> "Month":
        """The month before; of the weeks from today on the month in which they begin."""
        if not self.is_whole:
            return Month(self.first.replace(day=1))
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def after(self) -> "Month":
        """The month after."""
        return Month((self.first.replace(day=1) + timedelta(days=32)).replace(day=1))

    @property
    def begins(self) -> datetime:
        """Its first moment, by the clock here."""
        return timezone.make_aware(datetime.combine(self.first, time()))

    @property
    def ends(self) -> datetime:
        """The first moment behind it."""
        last = self.after.first if self.is_whole else self.first + NEXT_WEEKS
        return timezone.make_aware(datetime.combine(last, time()))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}" if self.is_whole else ""


def own_month(user_id: UUID | None, month: Month) -> list[Meeting]:
    """Somebody's own meetings of a month, those called off too."""
    rows = planned_in(matches_of(user_id), month.begins, month.ends)
    return list(rows[:MOST_ENTRIES])


def own_duties(user_id: UUID | None, month: Month) -> list[Duty]:
    """What of a rota concerns somebody in a month: duties they take, who comes to their family."""
    return duties_of_user(user_id, month.begins, month.ends)


def own_activities(user_id: UUID | None, month: Month) -> list[SignUp]:
    """The activities of a month that somebody signed up for."""
    rows = SignUp.objects.filter(
        person__user=user_id,
        answer=Answer.COMING.value,
        activity__state=ActivityState.PLANNED.value,
        activity__starts_at__gte=month.begins,
        activity__starts_at__lt=month.ends,
    )
    return list(rows.select_related("activity").order_by("activity__starts_at")[:MOST_ENTRIES])
