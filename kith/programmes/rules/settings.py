"""The settings of a programme one by one: what each says, and for whom a change counts.

One table serves the page of settings, the preview of a change and the history.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.programmes.rules import sentences
from kith.programmes.rules.guides import load_guide
from kith.programmes.rules.templates import CheckKind, ProgrammeTemplate, Unit, units_of

Text = str | Promise
Words = Callable[[ProgrammeTemplate], Sequence[str]]


class Part(StrEnum):
    """The parts of the settings, in the order in which one goes through them."""

    ABOUT = "about"
    WEEKS = "weeks"
    FOCUS = "focus"
    BEFORE = "before"
    CARE = "care"
    ENDING = "ending"


PART_NAMES: dict[Part, Text] = {
    Part.ABOUT: gettext_lazy("Name, who meets, how long"),
    Part.WEEKS: gettext_lazy("Rhythm and phases"),
    Part.FOCUS: gettext_lazy("What it is about"),
    Part.BEFORE: gettext_lazy("Before the first match"),
    Part.CARE: gettext_lazy("Care while they meet"),
    Part.ENDING: gettext_lazy("Ending and afterwards"),
}


class Reach(StrEnum):
    """For whom a change counts."""

    AT_ONCE = "at_once"
    REMINDERS = "reminders"
    NEXT_MATCHES = "next_matches"


REACH_WORDS: dict[Reach, Text] = {
    Reach.AT_ONCE: gettext_lazy("Counts at once, for everyone in the programme."),
    Reach.REMINDERS: gettext_lazy(
        "Reminders of running matches follow at once. What they agreed stays as it is."
    ),
    Reach.NEXT_MATCHES: gettext_lazy(
        "Counts for matches that begin from then on. Running ones keep theirs."
    ),
}


@dataclass(frozen=True)
class Setting:
    """One setting: its name, for whom a change counts, and what it says in sentences."""

    key: str
    part: Part
    label: Text
    reach: Reach
    words: Words
    # What is compared, where that is more than what is said.
    whole: Words | None = None


def _summary(rules: ProgrammeTemplate) -> list[str]:
    return [rules.summary.say(sentences.language())]


def _summary_everywhere(rules: ProgrammeTemplate) -> list[str]:
    return [said for _code, said in sorted(rules.summary.by_language.items())]


def _rhythm(rules: ProgrammeTemplate) -> list[str]:
    return sentences.how_often(rules)


def _quiet(rules: ProgrammeTemplate) -> list[str]:
    """After how many days without a meeting a match asks for attention."""
    several = len(units_of(rules)) > 1
    said = []
    for one in rules.contact:
        weeks = sentences.weeks_words(one.from_week, one.to_week)
        if several:
            form = _("In pairs") if one.unit is Unit.PAIR else _("In circles")
            weeks = f"{form}, {weeks}"
        days = _days(one.quiet_after_days)
        said.append(f"{weeks}: {days}")
    return said


def _phases(rules: ProgrammeTemplate) -> list[str]:
    return [
        f"{phase.name.say(sentences.language())}: {sentences.phase_weeks(phase, rules)}"
        for phase in rules.phases
    ]


def _hard(rules: ProgrammeTemplate) -> list[str]:
    return sentences.criteria_words(rules)[0]


def _soft(rules: ProgrammeTemplate) -> list[str]:
    return sentences.criteria_words(rules)[1]


def _checks(rules: ProgrammeTemplate) -> list[str]:
    return [sentences.check_sentence(one) for one in rules.checks]


def _papers(rules: ProgrammeTemplate) -> list[str]:
    return [paper.title.say(sentences.language()) for paper in rules.documents]


def _guides(rules: ProgrammeTemplate) -> list[str]:
    return [load_guide(key).title.say(sentences.language()) for key in rules.guides]


def _months(rules: ProgrammeTemplate) -> list[str]:
    return [_after_months(number) for number in rules.follow_up_months]


def _after_months(number: int) -> str:
    said = ngettext("%(number)d month after the end", "%(number)d months after the end", number)
    return said % {"number": number}


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def _weeks(number: int) -> str:
    return ngettext("%(number)d week", "%(number)d weeks", number) % {"number": number}


def _closing(rules: ProgrammeTemplate) -> list[str]:
    closing, language = rules.closing, sentences.language()
    return [closing.name.say(language), closing.what_happens.say(language)]


def _closing_everywhere(rules: ProgrammeTemplate) -> list[str]:
    """Every language: a change of one of them is a change."""
    texts = [rules.closing.name.by_language, rules.closing.what_happens.by_language]
    return [said[code] for code in sorted(texts[0]) for said in texts if code in said]


SETTINGS = (
    Setting(
        "summary",
        Part.ABOUT,
        gettext_lazy("What people read"),
        Reach.AT_ONCE,
        _summary,
        _summary_everywhere,
    ),
    Setting(
        "units",
        Part.ABOUT,
        gettext_lazy("Who meets whom"),
        Reach.NEXT_MATCHES,
        lambda rules: [sentences.who_meets(rules)],
    ),
    Setting(
        "roles",
        Part.ABOUT,
        gettext_lazy("Roles in a group"),
        Reach.NEXT_MATCHES,
        sentences.role_names,
    ),
    Setting(
        "length",
        Part.ABOUT,
        gettext_lazy("How long"),
        Reach.NEXT_MATCHES,
        lambda rules: [sentences.how_long(rules)],
    ),
    Setting("rhythm", Part.WEEKS, gettext_lazy("How often"), Reach.REMINDERS, _rhythm),
    Setting(
        "quiet",
        Part.WEEKS,
        gettext_lazy("Without a meeting, Today speaks up after"),
        Reach.REMINDERS,
        _quiet,
    ),
    Setting("phases", Part.WEEKS, gettext_lazy("Phases"), Reach.AT_ONCE, _phases),
    Setting(
        "domains",
        Part.FOCUS,
        gettext_lazy("Parts of daily life"),
        Reach.AT_ONCE,
        sentences.domain_names,
    ),
    Setting(
        "goals",
        Part.FOCUS,
        gettext_lazy("Goals"),
        Reach.AT_ONCE,
        lambda rules: [sentences.goals_at_most(rules)],
    ),
    Setting(
        "goal_scaling",
        Part.FOCUS,
        gettext_lazy("Five outcomes for each goal"),
        Reach.AT_ONCE,
        lambda rules: [sentences.scaling(rules)],
    ),
    Setting(
        "look_again",
        Part.FOCUS,
        gettext_lazy("Looking at the domain map again"),
        Reach.REMINDERS,
        lambda rules: [sentences.weeks_list(rules.look_again_weeks)],
    ),
    Setting("papers", Part.FOCUS, gettext_lazy("Papers"), Reach.NEXT_MATCHES, _papers),
    Setting("guides", Part.FOCUS, gettext_lazy("Guides for meetings"), Reach.AT_ONCE, _guides),
    Setting(
        "checks",
        Part.BEFORE,
        gettext_lazy("Checks of mentors"),
        Reach.NEXT_MATCHES,
        _checks,
    ),
    Setting(
        "training",
        Part.BEFORE,
        gettext_lazy("Training of mentors"),
        Reach.NEXT_MATCHES,
        lambda rules: [
            *sentences.training_sentences(rules.training),
            *sentences.module_names(rules.training),
        ],
    ),
    Setting(
        "capacity",
        Part.BEFORE,
        gettext_lazy("Matches of one mentor at the same time, at most"),
        Reach.NEXT_MATCHES,
        lambda rules: [str(rules.attention.matches_of_one_mentor)],
    ),
    Setting("hard", Part.BEFORE, gettext_lazy("Must hold"), Reach.NEXT_MATCHES, _hard),
    Setting(
        "soft",
        Part.BEFORE,
        gettext_lazy("Shared points, said in words"),
        Reach.NEXT_MATCHES,
        _soft,
    ),
    Setting(
        "matcher",
        Part.BEFORE,
        gettext_lazy("Who brings people together"),
        Reach.NEXT_MATCHES,
        lambda rules: [sentences.matcher_name(rules)],
    ),
    Setting(
        "waiting_again",
        Part.BEFORE,
        gettext_lazy("Waiting again after a match"),
        Reach.AT_ONCE,
        lambda rules: [sentences.waiting_again(rules)],
    ),
    Setting(
        "waits",
        Part.BEFORE,
        gettext_lazy("Someone waits for a mentor longer than"),
        Reach.AT_ONCE,
        lambda rules: [_days(rules.attention.days_without_match)],
    ),
    Setting(
        "first_meeting",
        Part.CARE,
        gettext_lazy("The first meeting has not taken place after"),
        Reach.REMINDERS,
        lambda rules: [_days(rules.attention.first_meeting_days)],
    ),
    Setting(
        "called_off",
        Part.CARE,
        gettext_lazy("Meetings called off one after the other"),
        Reach.REMINDERS,
        lambda rules: [str(rules.attention.cancelled_in_a_row)],
    ),
    Setting(
        "talks",
        Part.CARE,
        gettext_lazy("The coordinator talks with each side"),
        Reach.REMINDERS,
        lambda rules: [sentences.rhythm_words(rules.coordinator_contact)],
    ),
    Setting(
        "talks_late",
        Part.CARE,
        gettext_lazy("A talk is late after"),
        Reach.REMINDERS,
        lambda rules: [_days(rules.attention.coordinator_contact_days_late)],
    ),
    Setting(
        "relationship_checks",
        Part.CARE,
        gettext_lazy("Six statements for each side"),
        Reach.REMINDERS,
        lambda rules: [sentences.weeks_list(rules.relationship_check_weeks)],
    ),
    Setting(
        "supervision",
        Part.CARE,
        gettext_lazy("Supervision for mentors"),
        Reach.REMINDERS,
        lambda rules: [sentences.rhythm_words(rules.supervision)],
    ),
    Setting(
        "without_supervision",
        Part.CARE,
        gettext_lazy("A mentor is without supervision for"),
        Reach.REMINDERS,
        lambda rules: [_weeks(rules.attention.weeks_without_supervision)],
    ),
    Setting(
        "remind",
        Part.CARE,
        gettext_lazy("People of a match are reminded before staff are, by"),
        Reach.REMINDERS,
        lambda rules: [_days(rules.care.remind_days_before)],
    ),
    Setting(
        "call",
        Part.CARE,
        gettext_lazy("Somebody calls when nothing has happened after"),
        Reach.REMINDERS,
        lambda rules: [_days(rules.care.call_days_after)],
    ),
    Setting(
        "call_again",
        Part.CARE,
        gettext_lazy("The next call, when nothing else is agreed, comes after"),
        Reach.REMINDERS,
        lambda rules: [_days(rules.care.call_again_days)],
    ),
    Setting(
        "pause_review",
        Part.CARE,
        gettext_lazy("Somebody asks about a pause after"),
        Reach.REMINDERS,
        lambda rules: [_days(rules.care.pause_review_days)],
    ),
    Setting(
        "checks_end",
        Part.CARE,
        gettext_lazy("A check of a mentor ends within"),
        Reach.AT_ONCE,
        lambda rules: [_days(rules.attention.check_expires_in_days)],
    ),
    Setting(
        "closing",
        Part.ENDING,
        gettext_lazy("What marks the end"),
        Reach.AT_ONCE,
        _closing,
        _closing_everywhere,
    ),
    Setting(
        "plan_ending",
        Part.ENDING,
        gettext_lazy("A good ending is planned before the end"),
        Reach.REMINDERS,
        lambda rules: [_weeks(rules.attention.no_closing_plan_weeks_before)],
    ),
    Setting("follow_up", Part.ENDING, gettext_lazy("Asking again"), Reach.NEXT_MATCHES, _months),
)
ALWAYS_ASKED = frozenset({CheckKind.IDENTITY, CheckKind.CODE_OF_CONDUCT})
"""What every mentor shows, whatever a programme changes."""
