"""Sentences about a pair, in the language of the page. Never a percentage."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from kith.matching.rules.points import Point
from kith.people.rules import SLOTS
from kith.people.rules.labels import INTERESTS, NEEDS, in_words, language_name
from kith.web.forms.week import DAYS
from kith.web.words import and_list, comma_list

MOST_SLOTS_NAMED = 3
PARTS = {
    "am": pgettext_lazy("after the day of the week", "morning"),
    "pm": pgettext_lazy("after the day of the week", "afternoon"),
    "eve": pgettext_lazy("after the day of the week", "evening"),
}


class Named(Protocol):
    """Somebody with a full name and, maybe, a name that friends use."""

    name: Any
    called: Any


def called(person: Named) -> str:
    """What someone likes to be called, else the full name."""
    return str(person.called) or str(person.name)


def point_sentence(point: Point) -> str:
    """One point of a pair as a sentence."""
    return _POINTS[point["code"]](point)


def languages_list(codes: Sequence[str]) -> str:
    """Languages by name, as a list in words."""
    return and_list([language_name(code) for code in codes])


def topics_list(codes: Sequence[str]) -> str:
    """Help topics by name, with commas only: some names hold an "and" themselves."""
    return comma_list(in_words(codes, NEEDS))


def slots_list(codes: Sequence[str]) -> str:
    """Times of the week in the order of the week: "Tuesday evening and Thursday morning"."""
    chosen = set(codes)
    return and_list([slot_words(slot) for slot in SLOTS if slot in chosen])


def slot_words(code: str) -> str:
    """ "tue-eve" as "Tuesday evening"."""
    day, part = code.split("-")
    return _("%(day)s %(part)s") % {"day": DAYS[day], "part": PARTS[part]}


def _slots(point: Point) -> str:
    slots = point["slots"]
    if len(slots) <= MOST_SLOTS_NAMED:
        return _("Both are free: %(times)s.") % {"times": slots_list(slots)}
    return _("Both are free at %(number)d times of the week, such as %(times)s.") % {
        "number": len(slots),
        "times": slots_list(slots[:MOST_SLOTS_NAMED]),
    }


def _languages(point: Point) -> str:
    return _("Both speak %(languages)s.") % {"languages": languages_list(point["languages"])}


def _topics(point: Point) -> str:
    names = {"topics": topics_list(point["topics"])}
    return _("Help that is wished and offered: %(topics)s.") % names


def _topics_missing(point: Point) -> str:
    names = {"topics": topics_list(point["topics"])}
    return _("Wished and not offered: %(topics)s.") % names


def _interests(point: Point) -> str:
    names = and_list(in_words(point["interests"], INTERESTS))
    return _("Both like %(interests)s.") % {"interests": names}


def _distance(point: Point) -> str:
    if point["km"] < 1:
        return _("They live less than 1 km apart.")
    return _("They live about %(km)s km apart.") % {"km": point["km"]}


def _region(point: Point) -> str:
    return _("Both live in %(place)s.") % {"place": point["region"]}


def _gender_met(point: Point) -> str:
    if point["gender"] == "woman":
        return _("The mentor is a woman, as wished.")
    return _("The mentor is a man, as wished.")


def _gender_not_met(point: Point) -> str:
    if point["gender"] == "woman":
        return _("Would rather have a woman as mentor.")
    return _("Would rather have a man as mentor.")


_POINTS: dict[str, Callable[[Point], str]] = {
    "shared_topics": _topics,
    "topics_not_offered": _topics_missing,
    "shared_interests": _interests,
    "shared_languages": _languages,
    "interpreter_joins": lambda _point: _("An interpreter comes along."),
    "distance": _distance,
    "same_region": _region,
    "meet_online": lambda _point: _("Both can meet online."),
    "shared_slots": _slots,
    "gender_wish_met": _gender_met,
    "gender_wish_not_met": _gender_not_met,
    "age_alike": lambda _point: _("They are about the same age."),
}
