"""What a template plans for a week of a match."""

from kith.programmes.rules.templates import (
    Phase,
    PlannedContact,
    ProgrammeTemplate,
    Stage,
    Unit,
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
