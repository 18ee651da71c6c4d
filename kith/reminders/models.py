"""Who is to be reminded of what, the letters that went out, and what people and programmes wish.

Nothing here says what a reminder is about: there are a kind, a row, a day and a link.
"""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from kith.base.models import COMMON, Model
from kith.base.privacy import Kind, Privacy
from kith.gate.models import Membership
from kith.programmes.models import Programme
from kith.reminders.rules.moments import (
    HOURS,
    QUIET_FROM,
    QUIET_UNTIL,
    USUAL_HOUR,
    Plan,
    Quiet,
    timings_of,
)
from kith.reminders.rules.states import ON_ITS_WAY, Channel, LetterState, MailState, WhyHeld


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


def _within(field: str, hours: range) -> Q:
    return Q(**{f"{field}__range": (hours[0], hours[-1])})


class Letter(Model):
    """A mail to one member: the one of a day, or one that went at once."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    # By the member's own calendar; empty for a letter that went at once.
    day = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=_choices(LetterState), default=LetterState.READY.value
    )
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        **COMMON,
        member=Kind.LINK,
        day=Kind.FACT,
        state=Kind.TECHNICAL,
        tries=Kind.TECHNICAL,
        begun_at=Kind.FACT,
        next_try_at=Kind.TECHNICAL,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["member", "day"], condition=Q(day__isnull=False), name="letter_one_a_day"
            ),
            CheckConstraint(
                name="letter_tried_again_has_a_time",
                condition=Q(next_try_at__isnull=False) ^ ~Q(state=LetterState.LATER.value),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "begun_at"],
                condition=Q(state__in=[str(state) for state in ON_ITS_WAY]),
                name="letter_on_its_way",
            ),
            models.Index(fields=["organisation", "-begun_at"], name="letter_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.begun_at:%Y-%m-%d}"


class Reminder(Model):
    """Somebody is to be reminded of one row; in Kith, and perhaps by mail."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    subject = models.UUIDField()
    due_on = models.DateField()
    link = models.CharField(max_length=200)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    in_kith = models.BooleanField(default=True)
    # Over: done, or no longer of interest. Until then it stands in the list in Kith.
    over_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(
        max_length=10, choices=_choices(MailState), default=MailState.WAITING.value
    )
    mail_at = models.DateTimeField(null=True, blank=True)
    why_held = models.CharField(max_length=12, choices=_choices(WhyHeld), blank=True)
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    privacy = Privacy(
        **COMMON,
        member=Kind.LINK,
        kind=Kind.FACT,
        subject=Kind.LINK,
        due_on=Kind.FACT,
        link=Kind.LINK,
        programme=Kind.LINK,
        in_kith=Kind.FACT,
        over_at=Kind.FACT,
        seen_at=Kind.FACT,
        mail=Kind.TECHNICAL,
        mail_at=Kind.FACT,
        why_held=Kind.TECHNICAL,
        letter=Kind.LINK,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["member", "kind", "subject", "due_on"], name="reminded_once_for_a_day"
            ),
            UniqueConstraint(
                fields=["member", "kind", "subject"],
                condition=Q(over_at__isnull=True),
                name="reminded_of_one_thing_once",
            ),
            CheckConstraint(
                name="reminder_link_is_of_kith",
                condition=Q(link__startswith="/") & ~Q(link__startswith="//"),
            ),
            CheckConstraint(
                name="reminder_held_for_a_reason",
                condition=Q(mail=MailState.HELD.value) ^ Q(why_held=""),
            ),
            CheckConstraint(
                name="reminder_waits_for_a_moment",
                condition=~Q(mail=MailState.WAITING.value) | Q(mail_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "mail_at", "member"],
                condition=Q(mail=MailState.WAITING.value),
                name="reminder_to_mail",
            ),
            models.Index(fields=["member", "-due_on", "-id"], name="reminder_of_member"),
            models.Index(
                fields=["member"],
                condition=Q(over_at__isnull=True, seen_at__isnull=True, in_kith=True),
                name="reminder_unread",
            ),
            models.Index(
                fields=["organisation", "kind", "id"],
                condition=Q(over_at__isnull=True),
                name="reminder_open",
            ),
            models.Index(fields=["organisation", "due_on"], name="reminder_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"


class Wishes(Model):
    """When a member would like the mail of the day, and whether mails come at all."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    hour = models.PositiveSmallIntegerField(default=USUAL_HOUR)
    # Empty: as this Kith.
    zone = models.CharField(max_length=40, blank=True)
    wants_mail = models.BooleanField(default=True)
    only_daily = models.BooleanField(default=False)

    privacy = Privacy(
        **COMMON,
        member=Kind.LINK,
        hour=Kind.FACT,
        zone=Kind.FACT,
        wants_mail=Kind.FACT,
        only_daily=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["member"], name="wishes_once"),
            CheckConstraint(name="wishes_hour_of_the_day", condition=_within("hour", HOURS)),
        ]

    def __str__(self) -> str:
        return f"{self.hour}:00 {self.zone}"

    @property
    def clock(self) -> ZoneInfo:
        """The member's own clock."""
        return ZoneInfo(self.zone or settings.TIME_ZONE)


class Choice(Model):
    """What a member said about one kind and one way; without it, the kind's own usual holds."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=4, choices=_choices(Channel))
    is_wanted = models.BooleanField()

    privacy = Privacy(
        **COMMON, member=Kind.LINK, kind=Kind.FACT, channel=Kind.FACT, is_wanted=Kind.FACT
    )

    class Meta:
        constraints = [
            UniqueConstraint(fields=["member", "kind", "channel"], name="choice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.is_wanted}"


class ProgrammePlan(Model):
    """How a programme reminds; without a programme, how the organisation does in all else."""

    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    quiet_from = models.PositiveSmallIntegerField()
    quiet_until = models.PositiveSmallIntegerField()
    on_weekends = models.BooleanField(default=True)
    timings = models.JSONField(default=dict)

    privacy = Privacy(
        **COMMON,
        programme=Kind.LINK,
        quiet_from=Kind.FACT,
        quiet_until=Kind.FACT,
        on_weekends=Kind.FACT,
        timings=Kind.FACT,
    )

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["organisation", "programme"], nulls_distinct=False, name="plan_once"
            ),
            CheckConstraint(
                name="plan_quiet_at_night",
                condition=_within("quiet_from", QUIET_FROM) & _within("quiet_until", QUIET_UNTIL),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiet_from}-{self.quiet_until}"

    @property
    def plan(self) -> Plan:
        """The same as the rules read it."""
        quiet = Quiet(self.quiet_from, self.quiet_until, self.on_weekends)
        return Plan(quiet, timings_of(self.timings))


class Asked(Model):
    """Up to which day the source of a kind was asked."""

    kind = models.CharField(max_length=60)
    until = models.DateField()

    privacy = Privacy(**COMMON, kind=Kind.TECHNICAL, until=Kind.TECHNICAL)

    class Meta:
        constraints = [UniqueConstraint(fields=["organisation", "kind"], name="asked_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.until}"
