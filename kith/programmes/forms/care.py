"""Care while people meet: talks, supervision, statements, when Today speaks up."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kith.programmes.forms.parts import (
    Group,
    PartForm,
    WeeksField,
    rhythm_fields,
    rhythm_of,
    rhythm_values,
)
from kith.programmes.rules import CareDays, ProgrammeTemplate
from kith.programmes.rules.settings import Part, Reach

CARE_DAYS = ("remind_days_before", "call_days_after", "call_again_days", "pause_review_days")
WEEKS_HELP = gettext_lazy("Weeks with commas between them, such as 6, 12, 24.")


class CareForm(PartForm):
    """Dates that remind the coordinator."""

    part = Part.CARE

    talk_days_late = forms.IntegerField(
        label=gettext_lazy("A talk is late after"), min_value=1, max_value=60
    )
    relationship_check_weeks = WeeksField(
        label=gettext_lazy("Six statements for each side, in weeks"),
        required=False,
        help_text=WEEKS_HELP,
    )
    weeks_without_supervision = forms.IntegerField(
        label=gettext_lazy("Today speaks up when a mentor is without supervision for"),
        min_value=2,
        max_value=52,
    )
    first_meeting_days = forms.IntegerField(
        label=gettext_lazy("The first meeting has not taken place after"),
        min_value=3,
        max_value=90,
    )
    cancelled_in_a_row = forms.IntegerField(
        label=gettext_lazy("Meetings called off one after the other"), min_value=2, max_value=10
    )
    check_expires_in_days = forms.IntegerField(
        label=gettext_lazy("A check of a mentor ends within"), min_value=7, max_value=180
    )
    remind_days_before = forms.IntegerField(
        label=gettext_lazy("People of a match are reminded before staff are, by"),
        min_value=0,
        max_value=60,
        help_text=gettext_lazy("With 0 days, nobody is reminded before."),
    )
    call_days_after = forms.IntegerField(
        label=gettext_lazy("Somebody calls when nothing has happened after"),
        min_value=1,
        max_value=60,
        help_text=gettext_lazy("Counted from the day on which Today says it first."),
    )
    call_again_days = forms.IntegerField(
        label=gettext_lazy("The next call, when nothing else is agreed, comes after"),
        min_value=1,
        max_value=60,
    )
    pause_review_days = forms.IntegerField(
        label=gettext_lazy("Somebody asks about a pause after"), min_value=1, max_value=180
    )

    def build(self) -> None:
        every = gettext_lazy("Then every so many weeks")
        talks, sessions = gettext_lazy("Talks, in weeks"), gettext_lazy("Supervision, in weeks")
        self.fields.update(rhythm_fields("talks", talks, every))
        self.fields.update(rhythm_fields("supervision", sessions, every))

    def first_values(self) -> dict[str, Any]:
        rules, attention = self.rules, self.rules.attention
        return {
            **rhythm_values("talks", rules.coordinator_contact),
            **rhythm_values("supervision", rules.supervision),
            "talk_days_late": attention.coordinator_contact_days_late,
            "relationship_check_weeks": rules.relationship_check_weeks,
            "weeks_without_supervision": attention.weeks_without_supervision,
            "first_meeting_days": attention.first_meeting_days,
            "cancelled_in_a_row": attention.cancelled_in_a_row,
            "check_expires_in_days": attention.check_expires_in_days,
            **{name: getattr(rules.care, name) for name in CARE_DAYS},
        }

    def groups(self) -> list[Group]:
        days, weeks = gettext_lazy("days"), gettext_lazy("weeks")
        return [
            self.group(
                gettext_lazy("The coordinator talks with each side"),
                Reach.REMINDERS,
                *("talks_weeks", "talks_every", "talk_days_late"),
                text=gettext_lazy("Weeks are counted from the first meeting of a match."),
                units={"talks_every": weeks, "talk_days_late": days},
            ),
            self.group(
                gettext_lazy("How the two get on"), Reach.REMINDERS, "relationship_check_weeks"
            ),
            self.group(
                gettext_lazy("Supervision for mentors"),
                Reach.REMINDERS,
                *("supervision_weeks", "supervision_every", "weeks_without_supervision"),
                units={"supervision_every": weeks, "weeks_without_supervision": weeks},
            ),
            self.group(
                gettext_lazy("When Today speaks up"),
                Reach.REMINDERS,
                *("first_meeting_days", "cancelled_in_a_row", "check_expires_in_days"),
                text=gettext_lazy(
                    "Plain rules of dates. They look at matches and waiting times, never at a "
                    "person."
                ),
                units={"first_meeting_days": days, "check_expires_in_days": days},
            ),
            self.group(
                gettext_lazy("From a reminder to a call"),
                Reach.REMINDERS,
                *CARE_DAYS,
                text=gettext_lazy(
                    "First a reminder to those concerned, then a line for staff, then a call "
                    "that somebody notes."
                ),
                units=dict.fromkeys(CARE_DAYS, days),
            ),
        ]

    def changed(self, typed: dict[str, Any]) -> ProgrammeTemplate:
        return replace(
            self.rules,
            coordinator_contact=rhythm_of(typed, "talks"),
            supervision=rhythm_of(typed, "supervision"),
            relationship_check_weeks=typed["relationship_check_weeks"],
            attention=replace(
                self.rules.attention,
                coordinator_contact_days_late=typed["talk_days_late"],
                weeks_without_supervision=typed["weeks_without_supervision"],
                first_meeting_days=typed["first_meeting_days"],
                cancelled_in_a_row=typed["cancelled_in_a_row"],
                check_expires_in_days=typed["check_expires_in_days"],
            ),
            care=CareDays(**{name: typed[name] for name in CARE_DAYS}),
        )
