"""What a programme adapts from its template. From the day it opens, all of this is its own.

The whole arrangement is kept with the programme, also what was left as it came: a later version
of the template changes its words, never the weeks, checks and days of a programme that runs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any, Protocol

from kith.base.content import Unfit
from kith.programmes.rules.templates import (
    AttentionAfter,
    CheckKind,
    MentorCheck,
    Phase,
    PlannedContact,
    ProgrammeTemplate,
    Unit,
    all_templates,
    load_template,
)

Settings = Mapping[str, Any]
WeekMap = Callable[[int], int]


class Opened(Protocol):
    """A programme as far as its rules need it."""

    template_key: str
    settings: Any


def rules_of(programme: Opened) -> ProgrammeTemplate:
    """How this programme runs: its template with everything it adapted."""
    return arranged(load_template(programme.template_key), programme.settings)


def arrangement(template: ProgrammeTemplate) -> dict[str, Any]:
    """Everything a programme keeps as its own, as plain values to store."""
    return {
        "length_weeks": template.length_weeks,
        "minimum_weeks": template.minimum_weeks,
        "contact": [{**asdict(one), "unit": one.unit.value} for one in template.contact],
        "phases": [[phase.key, phase.from_week, phase.to_week] for phase in template.phases],
        "look_again_weeks": list(template.look_again_weeks),
        "relationship_check_weeks": list(template.relationship_check_weeks),
        "checks": [{**asdict(one), "kind": one.kind.value} for one in template.checks],
        "training_hours": template.training.hours,
        "training_valid_months": template.training.valid_months,
        "attention": asdict(template.attention),
    }


def arranged(template: ProgrammeTemplate, settings: Settings) -> ProgrammeTemplate:
    """The template with a stored arrangement put in. Raises Unfit when it does not hold together.

    Phases keep their weeks by key. Where a newer template has other phases, its own are stretched
    to the length of the programme.
    """
    if not settings:
        return template
    return replace(
        template,
        length_weeks=settings["length_weeks"],
        minimum_weeks=settings["minimum_weeks"],
        contact=tuple(
            PlannedContact(**{**one, "unit": Unit(one["unit"])}) for one in settings["contact"]
        ),
        phases=_phases(template, settings),
        look_again_weeks=tuple(settings["look_again_weeks"]),
        relationship_check_weeks=tuple(settings["relationship_check_weeks"]),
        checks=tuple(
            MentorCheck(**{**one, "kind": CheckKind(one["kind"])}) for one in settings["checks"]
        ),
        training=replace(
            template.training,
            hours=settings["training_hours"],
            valid_months=settings["training_valid_months"],
        ),
        attention=AttentionAfter(**settings["attention"]),
    )


def _phases(template: ProgrammeTemplate, settings: Settings) -> tuple[Phase, ...]:
    known = {phase.key: phase for phase in template.phases}
    if [key for key, _first, _last in settings["phases"]] != list(known):
        return stretched(template, length_weeks=settings["length_weeks"]).phases
    return tuple(
        replace(known[key], from_week=first, to_week=last)
        for key, first, last in settings["phases"]
    )


def shortest_length(template: ProgrammeTemplate) -> int:
    """The fewest weeks that leave every phase and every rhythm at least one week."""
    stretches = [_longest(_inside(template))]
    stretches += [_longest(_of_unit(template, unit)) for unit in _units(template)]
    return template.length_weeks - min(last - first for first, last in stretches)


def stretched(template: ProgrammeTemplate, *, length_weeks: int) -> ProgrammeTemplate:
    """The template for another length: the longest phase takes up the difference, the beginning
    and the end keep their weeks. Raises Unfit below `shortest_length`."""
    if length_weeks < shortest_length(template):
        raise Unfit("length_weeks", f"at least {shortest_length(template)} weeks")
    moved = _week_map(_longest(_inside(template)), length_weeks - template.length_weeks)
    return replace(
        template,
        length_weeks=length_weeks,
        minimum_weeks=min(template.minimum_weeks, length_weeks),
        contact=_contact(template, length_weeks - template.length_weeks),
        phases=tuple(
            replace(phase, from_week=moved(phase.from_week), to_week=moved(phase.to_week))
            for phase in template.phases
        ),
        look_again_weeks=_moved_weeks(template.look_again_weeks, moved),
        relationship_check_weeks=_moved_weeks(template.relationship_check_weeks, moved),
    )


def rhythm(contact: PlannedContact, *, per_weeks: int, minutes: int) -> PlannedContact:
    """The same stretch of weeks in another rhythm, with the meetings that fit in."""
    if per_weeks == contact.per_weeks:
        return replace(contact, minutes=minutes)
    weeks = contact.to_week - contact.from_week + 1
    meetings = contact.planned_meetings * contact.per_weeks / per_weeks
    return replace(
        contact,
        per_weeks=per_weeks,
        minutes=minutes,
        planned_meetings=_between(1, round(meetings), weeks),
        quiet_after_days=max(contact.quiet_after_days, per_weeks * 7 + 7),
    )


def usual_validity(kind: CheckKind) -> int | None:
    """For how many months a check is usually valid, as the first template that asks for it says."""
    asked = (check for template in all_templates() for check in template.checks)
    return next((check.valid_months for check in asked if check.kind is kind), None)


def _week_map(stretch: tuple[int, int], difference: int) -> WeekMap:
    """Weeks before the stretch stay, those after it move, those inside spread over it."""
    first, last = stretch

    def moved(week: int) -> int:
        if week <= first:
            return week
        if week >= last:
            return week + difference
        inside = (week - first) * (last + difference - first) / (last - first)
        return first + round(inside)

    return moved


def _contact(template: ProgrammeTemplate, difference: int) -> tuple[PlannedContact, ...]:
    moved = {
        unit: _week_map(_longest(_of_unit(template, unit)), difference) for unit in _units(template)
    }
    return tuple(_moved_contact(contact, moved[contact.unit]) for contact in template.contact)


def _moved_contact(contact: PlannedContact, moved: WeekMap) -> PlannedContact:
    first, last = moved(contact.from_week), moved(contact.to_week)
    before, after = contact.to_week - contact.from_week + 1, last - first + 1
    meetings = round(contact.planned_meetings * after / before)
    return replace(
        contact, from_week=first, to_week=last, planned_meetings=_between(1, meetings, after)
    )


def _moved_weeks(weeks: Sequence[int], moved: WeekMap) -> tuple[int, ...]:
    return tuple(sorted({moved(week) for week in weeks}))


def _inside(template: ProgrammeTemplate) -> list[tuple[int, int]]:
    """The phases between the first meeting and the end."""
    return [
        (phase.from_week, phase.to_week)
        for phase in template.phases
        if phase.from_week >= 1 and phase.to_week <= template.length_weeks
    ]


def _of_unit(template: ProgrammeTemplate, unit: Unit) -> list[tuple[int, int]]:
    return [(one.from_week, one.to_week) for one in template.contact if one.unit is unit]


def _units(template: ProgrammeTemplate) -> set[Unit]:
    return {contact.unit for contact in template.contact}


def _longest(stretches: list[tuple[int, int]]) -> tuple[int, int]:
    return max(stretches, key=lambda stretch: stretch[1] - stretch[0])


def _between(least: int, number: int, most: int) -> int:
    return max(least, min(number, most))
