"""What a template plans for a week of a match."""

from collections.abc import Iterator
from itertools import count

from kith.programmes.rules.templates import (
    Phase,
    PlannedContact,
    ProgrammeTemplate,
    Stage,
    Unit,
    WeekRhythm,
)


def contact_in(template: ProgrammeTemplate, *, unit: Unit, week: int) -> PlannedContact | None:
    for contact in template.contact:
        if contact.unit is unit and contact.from_week <= week <= contact.to_week:
            return contact
    return None


def planned_meetings(template: ProgrammeTemplate, *, unit: Unit) -> int:
    """How many meetings the whole programme plans for one match."""
    return sum(contact.planned_meetings for contact in template.contact if contact.unit is unit)


def phase_in(template: ProgrammeTemplate, *, week: int) -> Phase | None:
    for phase in template.phases:
        if phase.from_week <= week <= phase.to_week:
            return phase
    return None


def phase_of_match(template: ProgrammeTemplate, *, week: int, is_over: bool) -> Phase:
    """The phase a match is in: after its end the follow-up, and never before.

    week  of the match, counted from the first meeting; 0 before it
    """
    after = [phase for phase in template.phases if phase.stage is Stage.FOLLOW_UP]
    during = [phase for phase in template.phases if phase.stage is not Stage.FOLLOW_UP]
    if is_over:
        return (after or during)[-1]
    return next((phase for phase in during if week <= phase.to_week), during[-1])


def rhythm_weeks(rhythm: WeekRhythm) -> Iterator[int]:
    """The weeks of a rhythm one after the other, without an end."""
    yield from rhythm.weeks
    yield from count(rhythm.weeks[-1] + rhythm.then_every_weeks, rhythm.then_every_weeks)


def due_weeks(rhythm: WeekRhythm, *, until_week: int) -> tuple[int, ...]:
    """All weeks in which the rhythm falls due, up to and including `until_week`."""
    later = range(rhythm.weeks[-1] + rhythm.then_every_weeks, until_week + 1)
    return tuple(week for week in rhythm.weeks if week <= until_week) + tuple(
        later[:: rhythm.then_every_weeks]
    )
