"""Changing how long a programme is, who meets whom, and in which rhythm; the rest moves along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kith.base.content import Unfit
from kith.programmes.rules.loading import all_templates
from kith.programmes.rules.templates import (
    CheckKind,
    GroupRole,
    GroupShape,
    Phase,
    PlannedContact,
    ProgrammeTemplate,
    SpecialDocument,
    Stage,
    Unit,
    units_of,
)

WeekMap = Callable[[int], int]
WEEKS_IN_A_YEAR, MONTHS_IN_A_YEAR = 52, 12
USUAL_GROUP = (3, 5)


@dataclass(frozen=True)
class Stretch:
    """A stretch of weeks as people set it; it begins after the one before and ends `until`."""

    until: int
    per_weeks: int
    minutes: int
    quiet_after_days: int
    message_every_weeks: int | None


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


def with_stretches(
    template: ProgrammeTemplate, unit: Unit, stretches: Sequence[Stretch]
) -> ProgrammeTemplate:
    """The template with other stretches for matches of one form. Raises Unfit."""
    before = [one for one in template.contact if one.unit is unit]
    first, contact = 1, []
    for stretch in stretches:
        contact.append(_planned(unit, first, stretch, before))
        first = stretch.until + 1
    others = [one for one in template.contact if one.unit is not unit]
    order = units_of(template)
    both = sorted([*contact, *others], key=lambda one: (order.index(one.unit), one.from_week))
    return replace(template, contact=tuple(both))


def _planned(
    unit: Unit, first: int, stretch: Stretch, before: Sequence[PlannedContact]
) -> PlannedContact:
    """The meetings stay as planned where neither the weeks nor how often changed."""
    weeks = stretch.until - first + 1
    planned = _between(1, round(weeks / stretch.per_weeks), max(1, weeks))
    for one in before:
        if (one.from_week, one.to_week, one.per_weeks) == (
            first,
            stretch.until,
            stretch.per_weeks,
        ):
            planned = one.planned_meetings
    return PlannedContact(
        unit=unit,
        from_week=first,
        to_week=stretch.until,
        per_weeks=stretch.per_weeks,
        minutes=stretch.minutes,
        planned_meetings=planned,
        quiet_after_days=stretch.quiet_after_days,
        message_every_weeks=stretch.message_every_weeks,
    )


def with_phases(
    template: ProgrammeTemplate, *, before: int, ends: Sequence[int]
) -> tuple[Phase, ...]:
    """The phases with other weeks: `before` weeks of preparing, then the last week of each phase
    up to the one before the last of the programme, which ends with it."""
    inside = [one for one in template.phases if 1 <= one.from_week <= template.length_weeks]
    weeks, first = {}, 1
    for phase, last in zip(inside, [*ends, template.length_weeks], strict=True):
        weeks[phase.key] = (first, last)
        first = last + 1
    return tuple(
        replace(phase, from_week=weeks[phase.key][0], to_week=weeks[phase.key][1])
        if phase.key in weeks
        else _prepared(phase, before)
        for phase in template.phases
    )


def _prepared(phase: Phase, before: int) -> Phase:
    return replace(phase, from_week=-before) if phase.stage is Stage.PREPARE else phase


def with_follow_up(template: ProgrammeTemplate, months: Sequence[int]) -> ProgrammeTemplate:
    """The template with talks so many months after the end; its last phase lasts as long."""
    first = template.length_weeks + 1
    weeks = round(max(months) * WEEKS_IN_A_YEAR / MONTHS_IN_A_YEAR)
    return replace(
        template,
        follow_up_months=tuple(sorted(set(months))),
        phases=tuple(
            replace(phase, from_week=first, to_week=first + weeks - 1)
            if phase.stage is Stage.FOLLOW_UP
            else phase
            for phase in template.phases
        ),
    )


def in_forms(
    template: ProgrammeTemplate, units: Sequence[Unit], group: GroupShape | None
) -> ProgrammeTemplate:
    """The template for matches of these forms, the usual one first; a new form meets as the other
    one did."""
    known = {unit: [one for one in template.contact if one.unit is unit] for unit in Unit}
    usual = known[template.unit]
    contact = [
        one
        for unit in units
        for one in known[unit] or [replace(planned, unit=unit) for planned in usual]
    ]
    shape = group if Unit.GROUP in units else None
    return replace(template, unit=units[0], group=shape, contact=tuple(contact))


@cache
def known_roles() -> tuple[GroupRole, ...]:
    """Every role in a group that a template of the house knows."""
    roles = [role for one in all_templates() if one.group for role in one.group.roles]
    return tuple({role.key: role for role in roles}.values())


@cache
def known_documents() -> tuple[SpecialDocument, ...]:
    """Every special paper that a template of the house names."""
    papers = [paper for one in all_templates() for paper in one.documents]
    return tuple({paper.key: paper for paper in papers}.values())


def usual_group() -> GroupShape:
    """A group to begin with, for a template that had none."""
    return GroupShape(*USUAL_GROUP, roles=known_roles()[:1])


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
