"""How a programme runs, in sentences for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kith.gate.roles import ROLES, Role
from kith.programmes.rules.loading import template_words
from kith.programmes.rules.templates import (
    MentorCheck,
    Phase,
    PlannedContact,
    ProgrammeTemplate,
    Training,
    Unit,
    WeekRhythm,
    units_of,
)
from kith.programmes.rules.weeks import planned_meetings
from kith.programmes.rules.words import check_name
from kith.web.words import and_list

# The follow-up lasts far longer than the programme: the picture shows it as a short dotted end.
FOLLOW_UP_WEEKS_DRAWN = 3


@dataclass(frozen=True)
class Segment:
    """One phase in the picture of a programme; x and width are weeks from its left edge."""

    x: int
    width: int
    kind: str  # before | during | after
    is_even: bool


@dataclass(frozen=True)
class Strip:
    """The picture of a programme: its phases on one line, and where the first meeting is."""

    segments: tuple[Segment, ...]
    width: int
    first_meeting: int


def language() -> str:
    return get_language() or "en"


def who_meets(template: ProgrammeTemplate) -> str:
    """Who meets whom."""
    pair = _("One participant and one mentor.")
    if template.group is None:
        return pair
    size = {"least": template.group.group_min, "most": template.group.group_max}
    if units_of(template) == (Unit.GROUP,):
        return _("A group of %(least)d to %(most)d people and one person or family.") % size
    group = _("Or a circle of %(least)d to %(most)d people around one person or family.") % size
    return f"{pair} {group}"


def how_long(template: ProgrammeTemplate) -> str:
    """How long it runs."""
    length = ngettext("%(number)d week.", "%(number)d weeks.", template.length_weeks)
    parts = [length % {"number": template.length_weeks}]
    if template.minimum_weeks < template.length_weeks:
        at_least = _("It may come to a good end from week %(number)d on.")
        parts.append(at_least % {"number": template.minimum_weeks})
    if template.renewable:
        parts.append(_("It can be continued if both sides wish."))
    return " ".join(parts)


def how_often(template: ProgrammeTemplate) -> list[str]:
    """One sentence for each rhythm, then how many meetings there are in all."""
    units = units_of(template)
    said = [_contact(contact, say_unit=len(units) > 1) for contact in template.contact]
    meetings = planned_meetings(template, unit=units[0])
    total = ngettext(
        "About %(number)d meeting in all.", "About %(number)d meetings in all.", meetings
    )
    return [*said, total % {"number": meetings}]


def _contact(contact: PlannedContact, *, say_unit: bool) -> str:
    names = {
        "weeks": weeks_words(contact.from_week, contact.to_week),
        "often": often_words(contact.per_weeks),
        "minutes": contact.minutes,
    }
    sentence = _("%(weeks)s: %(often)s, about %(minutes)d minutes.") % names
    if contact.message_every_weeks:
        sentence += " " + _("A message in between, %(often)s.") % {
            "often": often_words(contact.message_every_weeks)
        }
    if not say_unit:
        return sentence
    form = _("In pairs") if contact.unit is Unit.PAIR else _("In circles")
    return f"{form}. {sentence}"


def often_words(per_weeks: int) -> str:
    """ "every week", "every second week", "every 4 weeks"."""
    if per_weeks == 2:
        return _("every second week")
    said = ngettext("every week", "every %(number)d weeks", per_weeks)
    return said % {"number": per_weeks}


def weeks_words(first: int, last: int) -> str:
    """ "Week 1", "Weeks 1 to 4", "4 weeks before the first meeting"."""
    if last <= 0:
        sentence = ngettext(
            "From %(number)d week before the first meeting",
            "From %(number)d weeks before the first meeting",
            -first,
        )
        return sentence % {"number": -first}
    if first == last:
        return _("Week %(number)d") % {"number": first}
    return _("Weeks %(first)d to %(last)d") % {"first": first, "last": last}


def phase_weeks(phase: Phase, template: ProgrammeTemplate) -> str:
    """When a phase is; the follow-up in months after the end."""
    if phase.from_week > template.length_weeks and template.follow_up_months:
        months = and_list(template.follow_up_months)
        return _("%(months)s months after the end") % {"months": months}
    return weeks_words(phase.from_week, phase.to_week)


def check_sentence(check: MentorCheck) -> str:
    """A required check with how many, how long it holds, and when it is needed."""
    parts = [check_name(check.kind)]
    if check.count > 1:
        parts.append(_("%(number)d of them") % {"number": check.count})
    if check.valid_months:
        parts.append(valid_words(check.valid_months))
    if check.only_with_minors:
        parts.append(_("where children are about"))
    return ", ".join(parts)


def valid_words(months: int) -> str:
    """ "valid for 24 months"."""
    sentence = ngettext("valid for %(number)d month", "valid for %(number)d months", months)
    return sentence % {"number": months}


def training_sentences(training: Training) -> list[str]:
    """What mentors have learned before the first match."""
    if training.hours == 0:
        return [_("No training is required.")]
    hours = ngettext("%(number)d hour of training", "%(number)d hours of training", training.hours)
    said = [f"{hours % {'number': training.hours}}, {valid_words(training.valid_months)}"]
    if training.live_sessions:
        live = ngettext(
            "%(number)d live session", "%(number)d live sessions", training.live_sessions
        )
        said.append(live % {"number": training.live_sessions})
    return [*said, *(also.say(language()) for also in training.also)]


def module_names(training: Training) -> list[str]:
    """What the training speaks about, module by module."""
    names = {label.key: label.name for label in template_words().modules}
    return [names[key].say(language()) for key in training.modules if key in names]


def rhythm_words(rhythm: WeekRhythm) -> str:
    """When a talk or a supervision is due: "In weeks 2 and 4, then every 4 weeks."."""
    weeks = and_list(rhythm.weeks)
    sentence = ngettext(
        "In week %(weeks)s, then %(often)s.",
        "In weeks %(weeks)s, then %(often)s.",
        len(rhythm.weeks),
    )
    return sentence % {"weeks": weeks, "often": often_words(rhythm.then_every_weeks)}


def weeks_list(weeks: Sequence[int]) -> str:
    """ "In weeks 12 and 24."."""
    if not weeks:
        return _("Not planned.")
    sentence = ngettext("In week %(weeks)s.", "In weeks %(weeks)s.", len(weeks))
    return sentence % {"weeks": and_list(weeks)}


def domain_names(template: ProgrammeTemplate) -> list[str]:
    """The domains of daily life a programme is about, the most important first."""
    names = [label.name for label in template_words().domains]
    return [names[number - 1].say(language()) for number in template.focus_domains]


def role_names(template: ProgrammeTemplate) -> list[str]:
    """What each member of a group takes care of: "Money: helps with the budget …"."""
    if template.group is None:
        return []
    return [
        f"{role.name.say(language())}: {role.task.say(language())}" for role in template.group.roles
    ]


def goals_at_most(template: ProgrammeTemplate) -> str:
    """ "At most 3 goals at a time."."""
    sentence = ngettext(
        "At most %(number)d goal at a time.",
        "At most %(number)d goals at a time.",
        template.max_goals,
    )
    return sentence % {"number": template.max_goals}


def scaling(template: ProgrammeTemplate) -> str:
    """Whether five outcomes are described for each goal."""
    if template.goal_scaling:
        return _("Five outcomes are described for each goal, from much less to much more.")
    return _("Goals are reached or let go; no outcomes are described.")


def waiting_again(template: ProgrammeTemplate) -> str:
    """From which day somebody counts who waits again after a match."""
    if template.keeps_waiting_date:
        return _("Whoever waits again after a match is counted from the first day.")
    return _("Whoever waits again after a match is counted from the day the match ended.")


def ending(template: ProgrammeTemplate) -> list[str]:
    """What marks the end, and when people are asked again."""
    months = and_list(template.follow_up_months)
    after = _("A talk %(months)s months after the end, only with consent.") % {"months": months}
    closing = template.closing
    return [f"{closing.name.say(language())}. {closing.what_happens.say(language())}", after]


def matcher_name(template: ProgrammeTemplate) -> str:
    """The role that brings people together."""
    return str(ROLES[Role(template.matcher.value)].name)


def criteria_words(template: ProgrammeTemplate) -> tuple[list[str], list[str]]:
    """What must hold, and which shared points are looked at."""
    words = template_words()
    hard = {label.key: label.name for label in words.hard_criteria}
    soft = {label.key: label.name for label in words.soft_criteria}
    return (
        [hard[one.value].say(language()) for one in template.criteria.hard],
        [soft[one.value].say(language()) for one in template.criteria.soft],
    )


def strip(template: ProgrammeTemplate) -> Strip:
    """The phases as one line of weeks."""
    left = min(phase.from_week for phase in template.phases)
    segments = []
    for number, phase in enumerate(template.phases):
        is_after = phase.from_week > template.length_weeks
        weeks = FOLLOW_UP_WEEKS_DRAWN if is_after else phase.to_week - phase.from_week + 1
        kind = "after" if is_after else "before" if phase.to_week <= 0 else "during"
        segments.append(Segment(phase.from_week - left, weeks, kind, number % 2 == 0))
    width = max(segment.x + segment.width for segment in segments)
    return Strip(tuple(segments), width, 1 - left)
