"""Programme templates: how a programme is meant to run, as data that a coordinator adapts.

Weeks are counted from the first meeting: week 1 is its week, weeks up to 0 prepare it.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from kith.base.content import ParticipantText, StaffText, Unfit


class Unit(Enum):
    PAIR = "pair"
    GROUP = "group"


class Stage(Enum):
    """What a phase is for, whatever a template calls it: guides and boards are sorted by it."""

    PREPARE = "prepare"
    MEET = "meet"
    MAP = "map"
    MOVE = "move"
    LOOK_AGAIN = "look_again"
    CLOSE = "close"
    FOLLOW_UP = "follow_up"


class GuideKey(Enum):
    """Guides for meetings, in the order of the library."""

    GETTING_READY = "getting_ready"
    FIRST_MEETING = "first_meeting"
    BOUNDARIES = "boundaries"
    CHOOSING_GOALS = "choosing_goals"
    LANGUAGE_PRACTICE = "language_practice"
    LOCAL_NORMS = "local_norms"
    OWN_CULTURE = "own_culture"
    OFFICES_AND_LETTERS = "offices_and_letters"
    HEALTH_CARE = "health_care"
    HOUSING = "housing"
    LOOKING_FOR_WORK = "looking_for_work"
    QUALIFICATIONS = "qualifications"
    SCHOOL_AND_KINDERGARTEN = "school_and_kindergarten"
    MONEY_AND_SCAMS = "money_and_scams"
    LONELINESS = "loneliness"
    REST_AND_COPING = "rest_and_coping"
    DISCRIMINATION = "discrimination"
    FRIENDS_AND_NEIGHBOURHOOD = "friends_and_neighbourhood"
    LOOKING_AGAIN = "looking_again"
    GOOD_ENDING = "good_ending"
    STAYING_IN_TOUCH = "staying_in_touch"


class Matcher(Enum):
    """The role whose members propose and accept matches. The values are role keys of the gate."""

    COORDINATOR = "coordinator"
    VOLUNTEER_MATCHER = "volunteer_matcher"
    GROUP_LEAD = "group_lead"


class HardCriterion(Enum):
    BOTH_ADULT = "both_adult"
    SHARED_LANGUAGE = "shared_language"
    WITHIN_DISTANCE = "within_distance"
    COMMON_TIMES = "common_times"
    CHECKS_IN_FORCE = "checks_in_force"
    GOAL_AREA = "goal_area"
    ROLES_COVERED = "roles_covered"
    LEARNER_LEVEL = "learner_level"


class SoftCriterion(Enum):
    NEEDS = "needs"
    INTERESTS = "interests"
    LIFE_SITUATION = "life_situation"
    GENDER_WISH = "gender_wish"
    OCCUPATION = "occupation"
    AGE_BAND = "age_band"
    FAMILY = "family"
    LEARNING_STYLE = "learning_style"


class CheckKind(Enum):
    APPLICATION = "application"
    IDENTITY = "identity"
    REFERENCES = "references"
    INTERVIEW = "interview"
    CODE_OF_CONDUCT = "code_of_conduct"
    RECORD_CHECK = "record_check"
    CHILD_WORK_CHECK = "child_work_check"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    MONEY_RULES = "money_rules"


@dataclass(frozen=True)
class GroupRole:
    key: str
    name: ParticipantText
    task: ParticipantText


@dataclass(frozen=True)
class GroupShape:
    """How many people welcome one person or family together, and what each takes care of."""

    group_min: int
    group_max: int
    roles: tuple[GroupRole, ...]

    def __post_init__(self) -> None:
        if not 2 <= self.group_min <= self.group_max:
            raise Unfit("group_min", "a group has at least two people and not more than group_max")


@dataclass(frozen=True)
class PlannedContact:
    """One stretch of weeks with the same rhythm: about one meeting in every `per_weeks` weeks.

    quiet_after_days  without a logged meeting, after so many days the match asks for attention
    """

    unit: Unit
    from_week: int
    to_week: int
    per_weeks: int
    minutes: int
    planned_meetings: int
    quiet_after_days: int
    message_every_weeks: int | None

    def __post_init__(self) -> None:
        if self.to_week < self.from_week:
            raise Unfit("to_week", "it lies before from_week")
        if not 1 <= self.planned_meetings <= self.to_week - self.from_week + 1:
            raise Unfit("planned_meetings", "at least one meeting, at most one a week")
        if self.quiet_after_days <= self.per_weeks * 7:
            raise Unfit("quiet_after_days", "a match that keeps its rhythm would ask for attention")


@dataclass(frozen=True)
class Phase:
    key: str
    stage: Stage
    name: ParticipantText
    from_week: int
    to_week: int
    what_happens: ParticipantText
    checklist: tuple[StaffText, ...]


@dataclass(frozen=True)
class Criteria:
    """Hard ones must hold; soft ones are shown as shared points in words, never as a number."""

    hard: tuple[HardCriterion, ...]
    soft: tuple[SoftCriterion, ...]


@dataclass(frozen=True)
class MentorCheck:
    """valid_months is left out when the check is made once."""

    kind: CheckKind
    count: int
    valid_months: int | None
    only_with_minors: bool


@dataclass(frozen=True)
class Training:
    """What a mentor has completed before the first match. Modules are those of course A."""

    hours: int
    modules: tuple[str, ...]
    live_sessions: int
    valid_months: int
    also: tuple[ParticipantText, ...]


@dataclass(frozen=True)
class DocumentSection:
    key: str
    title: ParticipantText
    guide: ParticipantText


@dataclass(frozen=True)
class SpecialDocument:
    key: str
    title: ParticipantText
    sections: tuple[DocumentSection, ...]


@dataclass(frozen=True)
class WeekRhythm:
    """Something due in the listed weeks and then every so many weeks after the last of them."""

    weeks: tuple[int, ...]
    then_every_weeks: int

    def __post_init__(self) -> None:
        if not self.weeks or list(self.weeks) != sorted(set(self.weeks)):
            raise Unfit("weeks", "at least one week is needed, each later than the one before")
        if self.then_every_weeks < 1:
            raise Unfit("then_every_weeks", "it is at least 1")


@dataclass(frozen=True)
class AttentionAfter:
    """Plain rules of dates about the match, never about the person."""

    days_without_match: int
    first_meeting_days: int
    cancelled_in_a_row: int
    coordinator_contact_days_late: int
    weeks_without_supervision: int
    check_expires_in_days: int
    no_closing_plan_weeks_before: int
    matches_of_one_mentor: int


@dataclass(frozen=True)
class CareDays:
    """How a matter of a match rises: a reminder, a line for staff, a call; never a second e-mail.

    remind_days_before  so many days before staff see it, those concerned are reminded
    call_days_after     so many days after staff saw it first, somebody calls and notes it
    call_again_days     when nothing else is agreed, the next call is so many days later
    pause_review_days   after so many days of a pause somebody asks how things stand
    """

    remind_days_before: int
    call_days_after: int
    call_again_days: int
    pause_review_days: int

    def __post_init__(self) -> None:
        if min(self.call_days_after, self.call_again_days, self.pause_review_days) < 1:
            raise Unfit("care", "each is at least one day")


@dataclass(frozen=True)
class Closing:
    """What marks the end; the list for the coordinator stands with the closing phase."""

    name: ParticipantText
    what_happens: ParticipantText


@dataclass(frozen=True)
class ProgrammeTemplate:
    key: str
    version: str
    name: ParticipantText
    summary: ParticipantText
    unit: Unit
    group: GroupShape | None
    length_weeks: int
    minimum_weeks: int
    renewable: bool
    contact: tuple[PlannedContact, ...]
    phases: tuple[Phase, ...]
    focus_domains: tuple[int, ...]
    matcher: Matcher
    criteria: Criteria
    checks: tuple[MentorCheck, ...]
    training: Training
    documents: tuple[SpecialDocument, ...]
    guides: tuple[GuideKey, ...]
    coordinator_contact: WeekRhythm
    supervision: WeekRhythm
    look_again_weeks: tuple[int, ...]
    relationship_check_weeks: tuple[int, ...]
    attention: AttentionAfter
    care: CareDays
    closing: Closing
    follow_up_months: tuple[int, ...]
    max_goals: int
    goal_scaling: bool
    keeps_waiting_date: bool

    def __post_init__(self) -> None:
        _require_units_fit(self)
        _require_weeks_fit(self)
        _require_phases_follow_each_other(self.phases)
        if not self.focus_domains or not set(self.focus_domains) <= set(range(1, 9)):
            raise Unfit("focus_domains", "each is one of the eight domains, 1 to 8")
        if len(set(self.guides)) != len(self.guides):
            raise Unfit("guides", "each is named once")
        if not 1 <= self.max_goals <= 3:
            raise Unfit("max_goals", "one to three goals at a time")


def units_of(template: ProgrammeTemplate) -> tuple[Unit, ...]:
    """The forms a match may take, the usual one first."""
    if template.group is None or template.unit is Unit.GROUP:
        return (template.unit,)
    return (template.unit, Unit.GROUP)


def _require_units_fit(template: ProgrammeTemplate) -> None:
    if template.unit is Unit.GROUP and template.group is None:
        raise Unfit("group", "a template for groups says how a group is made up")
    covered = {contact.unit for contact in template.contact}
    if covered != set(units_of(template)):
        raise Unfit("contact", "it is planned for exactly the forms a match may take")


def _require_weeks_fit(template: ProgrammeTemplate) -> None:
    if not 1 <= template.minimum_weeks <= template.length_weeks:
        raise Unfit("minimum_weeks", "it lies between 1 and length_weeks")
    _require_within("look_again_weeks", template.look_again_weeks, template.length_weeks)
    _require_within(
        "relationship_check_weeks", template.relationship_check_weeks, template.length_weeks
    )
    for unit in units_of(template):
        stretches = [contact for contact in template.contact if contact.unit is unit]
        ends = [(contact.from_week, contact.to_week) for contact in stretches]
        if not _without_gap(ends) or (ends[0][0], ends[-1][1]) != (1, template.length_weeks):
            raise Unfit("contact", "its stretches cover every week from 1 to length_weeks once")


def _require_within(field: str, weeks: tuple[int, ...], length_weeks: int) -> None:
    if list(weeks) != sorted(set(weeks)) or not all(1 <= week <= length_weeks for week in weeks):
        raise Unfit(field, "weeks rise and lie between 1 and length_weeks")


def _require_phases_follow_each_other(phases: tuple[Phase, ...]) -> None:
    if not phases or not _without_gap([(phase.from_week, phase.to_week) for phase in phases]):
        raise Unfit("phases", "each begins in the week after the one before has ended")
    if len({phase.key for phase in phases}) != len(phases):
        raise Unfit("phases", "each phase has a key of its own")


def _without_gap(stretches: list[tuple[int, int]]) -> bool:
    return all(first <= last for first, last in stretches) and all(
        before[1] + 1 == after[0] for before, after in pairwise(stretches)
    )
