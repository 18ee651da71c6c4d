"""Runs and decisions in words: how far the work is, what changed, whom to look for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.matching.commands import FAULTS
from kith.matching.models import Decision, Run
from kith.matching.queries.board import mentors_by_person, places_by_key, row_to_undo
from kith.matching.queries.rounds import Effect
from kith.matching.rules.marks import CHILDREN
from kith.matching.rules.states import Act, RunState
from kith.matching.rules.words import called, languages_list, topics_list
from kith.methods.matching.recruit import ONLINE, Wanted
from kith.programmes.models import Enrolment
from kith.web.words import and_list, comma_list

MOST_NAMED = 5

STAGES: dict[str, str | Promise] = {
    "": gettext_lazy("The work begins in a moment."),
    "reading": gettext_lazy("The waiting lists are being read."),
    "shortlist": gettext_lazy("Every participant is being held against every mentor."),
    "pricing": gettext_lazy("Pairs that could still be better are being looked for."),
    "matches": gettext_lazy("The best set of pairs is being worked out."),
    "ties": gettext_lazy("The draw between equals is being made."),
    "checking": gettext_lazy("A second program is checking the result."),
    "writing": gettext_lazy("The pairs are being written down."),
}
"""What a run is doing, in the order in which it does it."""
ORDER = tuple(STAGES)

LAST_WORDS: dict[Act, str | Promise] = {
    Act.LOCK: gettext_lazy("%(participant)s and %(mentor)s are kept."),
    Act.UNLOCK: gettext_lazy("%(participant)s and %(mentor)s are open again."),
    Act.REJECT: gettext_lazy("%(participant)s and %(mentor)s are left out."),
    Act.ALLOW: gettext_lazy("%(participant)s and %(mentor)s may be proposed again."),
    Act.ARRIVE: gettext_lazy("%(participant)s takes part now."),
    Act.LEAVE: gettext_lazy("%(participant)s no longer takes part in the proposals."),
    Act.PLACES: gettext_lazy("%(mentor)s has another number of places."),
    Act.ONE_LESS: gettext_lazy("%(mentor)s has one place less for the others."),
    Act.ONE_MORE: gettext_lazy("%(mentor)s has one place more for the others."),
}


@dataclass(frozen=True)
class Work:
    """How far a run is."""

    words: str | Promise
    step: int
    steps: int
    is_stopping: bool


def work(run: Run) -> Work:
    """How far a run is, in words."""
    stage = run.stage if run.stage in STAGES else "matches"
    if run.state == RunState.SOLVING.value and run.stage in {"", "people"}:
        stage = "reading"
    return Work(STAGES[stage], ORDER.index(stage), len(ORDER), run.is_stop_asked)


def fault(run: Run | None) -> str:
    """Why the last solving gave nothing; "" when it did."""
    if run is None:
        return ""
    if run.state == RunState.STOPPED.value:
        return _("The proposals were stopped. What stood before stands.")
    if run.state != RunState.FAILED.value:
        return ""
    known: type[Refused] | None = FAULTS.get(run.fault)
    if known is None:
        return _("The proposals could not be made. What stood before stands. Try again.")
    return str(known.sentence)


def last(actor: Actor, decision: Decision) -> dict[str, object]:
    """What was decided last and what it changed for others, with the way back."""
    names = {
        "participant": called(decision.participant.person) if decision.participant else "",
        "mentor": called(decision.mentor.person) if decision.mentor else "",
    }
    own = str(decision.participant_id)
    return {
        "what": str(LAST_WORDS[Act(decision.act)]) % names,
        "changes": _changes(actor, [move for move in decision.moves if move[0] != own]),
        "undo": row_to_undo(decision),
    }


def effect_words(effect: Effect | None) -> list[str]:
    """What a decision would mean for others, one sentence each."""
    if effect is None:
        return []
    said = []
    if effect.left_without:
        names = {"names": _named(effect.left_without)}
        said.append(_("%(names)s would go on waiting.") % names)
    if effect.moved:
        said.append(_("%(names)s would get another mentor.") % {"names": _named(effect.moved)})
    if effect.gained:
        said.append(_("%(names)s would have a mentor then.") % {"names": _named(effect.gained)})
    return said or [_("Nothing changes for the others.")]


def wanted(actor: Actor, one: Wanted, programmes: Mapping[str, str]) -> dict[str, object]:
    """A mentor to look for, as a sentence, and whom it would reach.

    programmes  mark -> name, where the round has more than one
    """
    people = places_by_key(actor, one.reaches[:MOST_NAMED])
    named = [called(people[key].person) for key in one.reaches[:MOST_NAMED] if key in people]
    number = len(one.reaches)
    reach = ngettext(
        "Could be asked for %(number)d person.", "Could be asked for %(number)d people.", number
    )
    return {
        "title": wanted_words(one, programmes),
        "reach": reach % {"number": number},
        "names": and_list(named) if number <= MOST_NAMED else _first(named, number),
        "topics": topics_list(one.topics) if one.topics else "",
    }


def wanted_words(one: Wanted, programmes: Mapping[str, str]) -> str:
    """ "A woman who speaks Dari, on weekday evenings, in Wilda, for Tandem"."""
    about = one.description
    who = {"woman": _("A woman"), "man": _("A man")}.get(about.gender, _("A mentor"))
    if about.language:
        who = _("%(who)s who speaks %(language)s") % {
            "who": who,
            "language": languages_list([about.language]),
        }
    parts = [who]
    if about.part:
        parts.append(str(PARTS_OF_WEEK[about.part]))
    if about.place:
        parts.append(
            _("online") if about.place == ONLINE else _("in %(place)s") % {"place": about.place}
        )
    names = [programmes[mark] for mark in about.marks if mark in programmes]
    parts += [_("for %(programme)s") % {"programme": name} for name in names]
    if CHILDREN in about.marks:
        parts.append(_("with the check for families with children"))
    return comma_list(parts)


PARTS_OF_WEEK: dict[str, str | Promise] = {
    "weekday-am": gettext_lazy("on weekday mornings"),
    "weekday-pm": gettext_lazy("on weekday afternoons"),
    "weekday-eve": gettext_lazy("on weekday evenings"),
    "weekend-am": gettext_lazy("on weekend mornings"),
    "weekend-pm": gettext_lazy("on weekend afternoons"),
    "weekend-eve": gettext_lazy("on weekend evenings"),
}


def _changes(actor: Actor, moves: Sequence[Sequence[str | None]]) -> list[str]:
    shown = moves[:MOST_NAMED]
    people = places_by_key(actor, [str(move[0]) for move in shown])
    programmes = {row.programme_id for row in people.values()}
    persons = {key for move in shown for key in move[1:] if key}
    mentors = mentors_by_person(actor, programmes, persons)
    said = [_change(people, mentors, move) for move in shown if move[0] in people]
    if len(moves) > MOST_NAMED:
        more = ngettext(
            "%(number)d more person is concerned.",
            "%(number)d more people are concerned.",
            len(moves) - MOST_NAMED,
        )
        said.append(more % {"number": len(moves) - MOST_NAMED})
    return said


def _change(
    people: dict[str, Enrolment], mentors: dict[str, Enrolment], move: Sequence[str | None]
) -> str:
    person, before, after = move
    names = {
        "name": called(people[str(person)].person),
        "before": called(mentors[before].person) if before in mentors else "",
        "after": called(mentors[after].person) if after in mentors else "",
    }
    if after is None:
        return _("%(name)s waits on.") % names
    if before is None:
        return _("%(name)s is proposed to %(after)s now.") % names
    return _("%(name)s is proposed to %(after)s instead of %(before)s.") % names


def _named(places: Sequence[Enrolment]) -> str:
    names = [called(one.person) for one in places[:MOST_NAMED]]
    return and_list(names) if len(places) <= MOST_NAMED else _first(names, len(places))


def _first(names: Sequence[str], number: int) -> str:
    more = _("%(number)d more") % {"number": number - len(names)}
    return and_list([*names, more])
