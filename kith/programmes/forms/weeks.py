"""The rhythm of meetings, stretch by stretch, and the weeks of the phases."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as in_context

from kith.programmes.forms.parts import LONGEST_WEEKS, Group, Misfit, PartForm
from kith.programmes.rules import (
    Phase,
    PlannedContact,
    ProgrammeTemplate,
    Stage,
    Stretch,
    Unit,
    units_of,
    with_phases,
    with_stretches,
)
from kith.programmes.rules.sentences import language, often_words
from kith.programmes.rules.settings import Part, Reach
from kith.web.words import Text

RHYTHMS = (1, 2, 3, 4)
STRETCH_KEYS = ("until", "often", "minutes", "message", "quiet")
MOST_STRETCHES = 4
LONGEST_MEETING = 480
LONGEST_QUIET = 180
LONGEST_BEFORE = 26
UNIT_NAMES: dict[Unit, Text] = {
    Unit.PAIR: gettext_lazy("Meetings of pairs"),
    Unit.GROUP: gettext_lazy("Meetings of groups"),
}


class WeeksForm(PartForm):
    """Each stretch ends in a week; the last one goes on to the end."""

    part = Part.WEEKS

    before = forms.IntegerField(
        label=gettext_lazy("Preparing begins before the first meeting"),
        min_value=1,
        max_value=LONGEST_BEFORE,
    )

    def build(self) -> None:
        for unit in units_of(self.rules):
            for number in range(MOST_STRETCHES):
                self.fields.update(_stretch_fields(unit, number))
        for phase in self._ending_phases():
            self.fields[f"phase_{phase.key}"] = forms.IntegerField(
                label=_("“%(phase)s” lasts until week") % {"phase": phase.name.say(language())},
                min_value=1,
                max_value=LONGEST_WEEKS,
            )

    def first_values(self) -> dict[str, Any]:
        prepare = next((one for one in self.rules.phases if one.stage is Stage.PREPARE), None)
        values: dict[str, Any] = {"before": -prepare.from_week if prepare else 1}
        for unit in units_of(self.rules):
            planned = self._planned(unit)
            for number in range(MOST_STRETCHES):
                one = planned[min(number, len(planned) - 1)]
                is_last = number >= len(planned) - 1
                values |= _stretch_values(unit, number, one, is_last=is_last)
        for phase in self._ending_phases():
            values[f"phase_{phase.key}"] = phase.to_week
        return values

    def _planned(self, unit: Unit) -> list[PlannedContact]:
        return [one for one in self.rules.contact if one.unit is unit][:MOST_STRETCHES]

    def _ending_phases(self) -> list[Phase]:
        """The phases whose last week can be chosen: between preparing and the last of the weeks."""
        length = self.rules.length_weeks
        return [one for one in self.rules.phases if one.from_week >= 1 and one.to_week < length]

    def groups(self) -> list[Group]:
        rhythms = [self._rhythm_group(unit) for unit in units_of(self.rules)]
        names = [f"phase_{phase.key}" for phase in self._ending_phases()]
        phases = self.group(
            gettext_lazy("Phases"),
            Reach.AT_ONCE,
            "before",
            *names,
            text=gettext_lazy(
                "Each phase begins in the week after the one before. The last one ends with the "
                "programme. Phases sort guides and the board; they change no agreement."
            ),
            units={"before": gettext_lazy("weeks")},
        )
        return [*rhythms, phases]

    def _rhythm_group(self, unit: Unit) -> Group:
        used = len(self._planned(unit))
        if self.is_bound:
            used = max(used, self._typed_stretches(unit))
        stretches = [
            self._stretch_group(unit, number, spare=number >= used)
            for number in range(min(used + 1, MOST_STRETCHES))
        ]
        return Group(
            UNIT_NAMES[unit],
            Reach.REMINDERS,
            gettext_lazy(
                "Beginning in week 1, one stretch after the other. Leave the last week of a "
                "stretch empty and it goes on to the end."
            ),
            stretches=stretches,
        )

    def _typed_stretches(self, unit: Unit) -> int:
        """How many stretches were sent: as long as each says where it ends."""
        number = 0
        while number < MOST_STRETCHES and self.data.get(_name(unit, number, "until")):
            number += 1
        return min(number + 1, MOST_STRETCHES)

    def _stretch_group(self, unit: Unit, number: int, *, spare: bool) -> Group:
        names = [_name(unit, number, key) for key in STRETCH_KEYS]
        minutes, days = gettext_lazy("minutes"), gettext_lazy("days")
        units = {_name(unit, number, "minutes"): minutes, _name(unit, number, "quiet"): days}
        title = _("One more stretch") if spare else _("Stretch %(number)d") % {"number": number + 1}
        fields = [(self[name], units.get(name, "")) for name in names]
        return Group(title, Reach.REMINDERS, fields=fields, spare=spare)

    def changed(self, typed: dict[str, Any]) -> ProgrammeTemplate:
        rules = self.rules
        for unit in units_of(rules):
            rules = with_stretches(rules, unit, list(self._stretches(typed, unit)))
        return _with_weeks(rules, typed, self._ending_phases())

    def _stretches(self, typed: dict[str, Any], unit: Unit) -> Iterator[Stretch]:
        begun, length = 1, self.rules.length_weeks
        for number in range(MOST_STRETCHES):
            until = typed[_name(unit, number, "until")] or length
            is_last = until >= length or number == MOST_STRETCHES - 1
            if until < begun:
                said = _("This stretch begins in week %(week)d.") % {"week": begun}
                raise Misfit(_name(unit, number, "until"), said)
            yield _typed_stretch(typed, unit, number, length if is_last else until)
            if is_last:
                return
            begun = until + 1


def _with_weeks(
    rules: ProgrammeTemplate, typed: dict[str, Any], phases: list[Phase]
) -> ProgrammeTemplate:
    ends = [typed[f"phase_{phase.key}"] for phase in phases]
    last = 0
    for phase, end in zip(phases, ends, strict=True):
        if end <= last or end >= rules.length_weeks:
            raise Misfit(
                f"phase_{phase.key}",
                _("A phase ends after the one before it and before the end of the programme."),
            )
        last = end
    return replace(rules, phases=with_phases(rules, before=typed["before"], ends=ends))


def _typed_stretch(typed: dict[str, Any], unit: Unit, number: int, until: int) -> Stretch:
    often, quiet = typed[_name(unit, number, "often")], typed[_name(unit, number, "quiet")]
    if quiet <= often * 7:
        said = _("More than %(days)d days: earlier, a match that keeps its rhythm would stand out.")
        raise Misfit(_name(unit, number, "quiet"), said % {"days": often * 7})
    return Stretch(
        until=until,
        per_weeks=often,
        minutes=typed[_name(unit, number, "minutes")],
        quiet_after_days=quiet,
        message_every_weeks=typed[_name(unit, number, "message")] or None,
    )


def _name(unit: Unit, number: int, key: str) -> str:
    return f"{unit.value}_{number}_{key}"


def _stretch_fields(unit: Unit, number: int) -> dict[str, forms.Field]:
    often = [(weeks, often_words(weeks)) for weeks in RHYTHMS]
    fields = {
        "until": forms.IntegerField(
            label=gettext_lazy("Until week"), required=False, min_value=1, max_value=LONGEST_WEEKS
        ),
        "often": forms.TypedChoiceField(label=gettext_lazy("They meet"), coerce=int, choices=often),
        "minutes": forms.IntegerField(
            label=in_context("meeting", "For about"), min_value=15, max_value=LONGEST_MEETING
        ),
        "message": forms.TypedChoiceField(
            label=gettext_lazy("A message in between"),
            coerce=int,
            choices=[(0, gettext_lazy("not planned")), *often],
        ),
        "quiet": forms.IntegerField(
            label=gettext_lazy("Without a meeting, ask for attention after"),
            min_value=8,
            max_value=LONGEST_QUIET,
        ),
    }
    return {_name(unit, number, key): field for key, field in fields.items()}


def _stretch_values(
    unit: Unit, number: int, planned: PlannedContact, *, is_last: bool
) -> dict[str, Any]:
    values = {
        "until": None if is_last else planned.to_week,
        "often": planned.per_weeks,
        "minutes": planned.minutes,
        "message": planned.message_every_weeks or 0,
        "quiet": planned.quiet_after_days,
    }
    return {_name(unit, number, key): value for key, value in values.items()}
