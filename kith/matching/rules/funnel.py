"""Why somebody still waits and what would help, and what a mentor lacks: sentences."""

from collections.abc import Callable, Sequence

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext_lazy

from kith.matching.rules.gates import Hold, Lacking
from kith.matching.rules.marks import CHILDREN, PROGRAMME
from kith.matching.rules.points import Point
from kith.matching.rules.words import languages_list, slots_list, topics_list
from kith.programmes.rules import Missing
from kith.programmes.rules.words import missing_sentence
from kith.web.words import full_day, locale

STEPS = {
    "language": ngettext_lazy(
        "%(number)d mentor shares no language.", "%(number)d mentors share no language.", "number"
    ),
    "topics_required": ngettext_lazy(
        "%(number)d mentor does not offer the help that is needed.",
        "%(number)d mentors do not offer the help that is needed.",
        "number",
    ),
    "topics": ngettext_lazy(
        "%(number)d mentor offers other help.", "%(number)d mentors offer other help.", "number"
    ),
    "training": ngettext_lazy(
        "%(number)d mentor has no training in force.",
        "%(number)d mentors have no training in force.",
        "number",
    ),
    "check": ngettext_lazy(
        "%(number)d mentor lacks a check.", "%(number)d mentors lack a check.", "number"
    ),
    "range": ngettext_lazy(
        "%(number)d mentor lives too far away.",
        "%(number)d mentors live too far away.",
        "number",
    ),
    "availability": ngettext_lazy(
        "%(number)d mentor is free at other times.",
        "%(number)d mentors are free at other times.",
        "number",
    ),
    "gender": ngettext_lazy(
        "%(number)d mentor is not the woman or man wished for.",
        "%(number)d mentors are not the woman or man wished for.",
        "number",
    ),
    "adult": ngettext_lazy(
        "%(number)d mentor is not noted as an adult.",
        "%(number)d mentors are not noted as adults.",
        "number",
    ),
    "marks": ngettext_lazy(
        "%(number)d mentor is in another programme, or lacks the check for families with children.",
        "%(number)d mentors are in another programme, or lack the check for families with"
        " children.",
        "number",
    ),
    "excluded": ngettext_lazy(
        "%(number)d mentor was left out earlier.",
        "%(number)d mentors were left out earlier.",
        "number",
    ),
    "no_places": ngettext_lazy(
        "%(number)d mentor has no place left.", "%(number)d mentors have no place left.", "number"
    ),
    "rejected": ngettext_lazy(
        "%(number)d pair was rejected in this round.",
        "%(number)d pairs were rejected in this round.",
        "number",
    ),
    "floor": ngettext_lazy(
        "%(number)d mentor shares too little.", "%(number)d mentors share too little.", "number"
    ),
    "taken": ngettext_lazy(
        "%(number)d mentor would fit, but is proposed to someone else.",
        "%(number)d mentors would fit, but are proposed to others.",
        "number",
    ),
}
"""What happens at each step of the funnel."""

MARKS = {
    CHILDREN: ngettext_lazy(
        "%(number)d mentor lacks the check for families with children.",
        "%(number)d mentors lack the check for families with children.",
        "number",
    ),
    PROGRAMME: ngettext_lazy(
        "%(number)d mentor is in another programme.",
        "%(number)d mentors are in another programme.",
        "number",
    ),
}
"""The same for a participant who requires one thing only."""

CHANGES = {
    "training": _lazy("It would help if a mentor who fits finished the training."),
    "check": _lazy("It would help to renew a mentor's check."),
    "topics": _lazy("It would help to look for a mentor with other strengths."),
    "floor": _lazy("It would help to accept a pair that shares less."),
}

HOLDS = {
    Hold.CONSENT: _lazy("The consent to mentoring is not in force."),
    Hold.MINOR: _lazy("It is not noted that this person is 18 or older."),
    Hold.PAUSED: _lazy("Takes a break until %(date)s."),
    Hold.NOT_YET: _lazy("Can begin on %(date)s."),
}


def funnel_sentence(step: Point) -> str:
    """How many mentors drop out at one step, and why."""
    marks = step.get("marks", ())
    sentence = MARKS[marks[0]] if len(marks) == 1 else STEPS[step["code"]]
    return sentence % {"number": step["number"]}


def change_sentence(change: Point, mentors: Sequence[str]) -> str:
    """The one change that would help, by itself; `mentors` are the names of whom it would open."""
    say = _CHANGES.get(change["code"])
    return say(change, or_list(mentors)) if say else str(CHANGES[change["code"]])


def lacking_sentence(lacking: Lacking) -> str:
    """One thing that holds somebody back, with its day where it has one."""
    if isinstance(lacking, Missing):
        return missing_sentence(lacking)
    names = {"date": full_day(lacking.on)} if lacking.on else {}
    return str(HOLDS[lacking.hold]) % names


def or_list(names: Sequence[str]) -> str:
    """ "Marta or Piotr" in the language of the page."""
    return format_list(list(names), style="or", locale=locale())


def _one_more(_change: Point, mentors: str) -> str:
    if not mentors:
        return _("It would help if a mentor who fits took one more person.")
    return _("It would help if %(names)s took one more person.") % {"names": mentors}


def _times(change: Point, mentors: str) -> str:
    names = {"times": slots_list(change["slots"][:3]), "names": mentors}
    if not mentors:
        return _("It would help to be free at one of these times: %(times)s.") % names
    return _("%(names)s would fit, with time at: %(times)s.") % names


def _range(change: Point, _mentors: str) -> str:
    if change.get("km") is not None:
        return _("It would help to meet online, or to travel %(km)s km.") % {"km": change["km"]}
    if change.get("region"):
        return _("It would help to meet online, or in %(place)s.") % {"place": change["region"]}
    return _("It would help to meet online.")


def _language(change: Point, _mentors: str) -> str:
    names = {"languages": languages_list(change["languages"])}
    return _("An interpreter would help: a mentor who fits speaks %(languages)s.") % names


def _marks(change: Point, mentors: str) -> str:
    say = _MARKS if mentors else _MARKS_OF_ANYONE
    return str(say[tuple(change["marks"])]) % {"names": mentors}


_MARKS = {
    (CHILDREN,): _lazy("It would help if %(names)s had the check for families with children."),
    (PROGRAMME,): _lazy("It would help if %(names)s took part in this programme too."),
    (CHILDREN, PROGRAMME): _lazy(
        "It would help if %(names)s took part in this programme too, with the check for families"
        " with children."
    ),
}
_MARKS_OF_ANYONE = {
    (CHILDREN,): _lazy(
        "It would help if a mentor who fits had the check for families with children."
    ),
    (PROGRAMME,): _lazy("It would help if a mentor who fits took part in this programme too."),
    (CHILDREN, PROGRAMME): _lazy(
        "It would help if a mentor who fits took part in this programme too, with the check for"
        " families with children."
    ),
}
"""By what is lacking, in alphabetical order."""


def _topics(change: Point, _mentors: str) -> str:
    names = {"topics": topics_list(change["topics"])}
    return _("It would help to begin without this: %(topics)s.") % names


_CHANGES: dict[str, Callable[[Point, str], str]] = {
    "one_more_place": _one_more,
    "availability": _times,
    "range": _range,
    "language": _language,
    "topics_required": _topics,
    "marks": _marks,
}
