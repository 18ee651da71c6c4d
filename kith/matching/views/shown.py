"""Rows as the templates print them: names, dates and sentences, nothing to work out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.matching.models import Proposal, Round, Unmatched
from kith.matching.queries.board import MOST_COUNTED as MOST_SHOWN
from kith.matching.queries.outlook import MOST_COUNTED, Outlook
from kith.matching.queries.pool import HeldBack, Pool
from kith.matching.queries.rounds import Effect, Option, names_of
from kith.matching.rules.criteria import CRITERIA, GATE_WORDS
from kith.matching.rules.funnel import change_sentence, funnel_sentence, lacking_sentence
from kith.matching.rules.points import HEED
from kith.matching.rules.reasons import REASON_WORDS, RejectReason
from kith.matching.rules.shows import Show
from kith.matching.rules.states import Answer, ProposalState, Side
from kith.matching.rules.words import (
    called,
    languages_list,
    point_sentence,
    slots_list,
    topics_list,
)
from kith.matching.views.told import effect_words
from kith.people.permissions import RECORD_CHECK
from kith.people.queries.records import hopes_of, languages_of, offer_of
from kith.programmes.models import Enrolment
from kith.programmes.rules.words import waiting_words as waiting_since_words
from kith.web.components import Filter, Tone
from kith.web.words import and_list, day_and_month, full_day, near

HELD_SHOWN = 50
HUNDREDTH = 10_000
"""Points of fit that are one hundredth of a full fit."""

SHOW_WORDS = {
    Show.DECIDE: gettext_lazy("To decide"),
    Show.ASKED: gettext_lazy("Being asked"),
    Show.AGREED: gettext_lazy("Both said yes"),
    Show.LEFT_OUT: gettext_lazy("Not brought together"),
}
STATE_WORDS = {
    ProposalState.PROPOSED: gettext_lazy("Proposed"),
    ProposalState.LOCKED: gettext_lazy("Kept"),
    ProposalState.REJECTED: gettext_lazy("Rejected"),
    ProposalState.OFFERED: gettext_lazy("Being asked"),
    ProposalState.AGREED: gettext_lazy("Both said yes"),
    ProposalState.DECLINED: gettext_lazy("One side said no"),
    ProposalState.EXPIRED: gettext_lazy("No answer in time"),
    ProposalState.DROPPED: gettext_lazy("Let go"),
}
TONES: dict[ProposalState, Tone] = {
    ProposalState.LOCKED: "info",
    ProposalState.OFFERED: "info",
    ProposalState.AGREED: "good",
}
ANSWER_WORDS = {
    Answer.NONE: gettext_lazy("no answer yet"),
    Answer.YES: gettext_lazy("yes"),
    Answer.NO: gettext_lazy("no"),
    Answer.ASK: gettext_lazy("has a question"),
}


@dataclass(frozen=True)
class Pair:
    """A proposed pair in words."""

    proposal: Proposal
    participant: str
    mentor: str
    waiting: str
    points: list[str]
    heed: list[str]
    state: object
    tone: Tone
    reason: object = ""
    despite: str = ""
    programme: str = ""
    answers: list[tuple[str, str, object]] = field(default_factory=list)

    @property
    def names(self) -> str:
        """Both names, as a title."""
        return and_list([self.participant, self.mentor])


@dataclass(frozen=True)
class Facts:
    """What is known of one person of a pair, in words."""

    name: str
    place: str
    languages: str
    topics: str
    times: str
    online: bool
    note: str = ""


@dataclass(frozen=True)
class Left:
    """Someone for whom a round found nobody."""

    name: str
    url: str
    key: str
    waiting: str
    programme: str
    reasons: list[str]
    change: str


def suggested_words(row: Proposal, *, today: date) -> str:
    """Which volunteer matcher suggests a pair, and since when; empty where nobody does."""
    if row.suggested_by is None or row.suggested_on is None:
        return ""
    said = _("%(name)s suggested this pair %(when)s.")
    return said % {"name": row.suggested_by, "when": near(row.suggested_on, today)}


def pair(proposal: Proposal, *, today: date) -> Pair:
    """A proposal as the page of a round shows it."""
    state = ProposalState(proposal.state)
    reason = proposal.reject_reason if state is ProposalState.REJECTED else ""
    return Pair(
        proposal=proposal,
        participant=called(proposal.participant.person),
        mentor=called(proposal.mentor.person),
        waiting=waiting_since_words(proposal.participant.waiting_since, today),
        points=[point_sentence(one) for one in proposal.points if one["code"] not in HEED],
        heed=[point_sentence(one) for one in proposal.points if one["code"] in HEED],
        state=STATE_WORDS[state],
        tone=TONES.get(state, "calm"),
        reason=REASON_WORDS[RejectReason(reason)] if reason else "",
        despite=_despite(proposal),
        programme=proposal.participant.programme.name,
        answers=answers(proposal),
    )


def answers(proposal: Proposal) -> list[tuple[str, str, object]]:
    """Side, name and answer of both."""
    said = {
        Side.PARTICIPANT: (proposal.participant.person, proposal.participant_answer),
        Side.MENTOR: (proposal.mentor.person, proposal.mentor_answer),
    }
    return [
        (side.value, called(person), ANSWER_WORDS[Answer(answer)])
        for side, (person, answer) in said.items()
    ]


def facts_of(enrolment: Enrolment) -> Facts:
    """One person of a pair: languages, help, times, district."""
    person = enrolment.person
    wishes, offer = hopes_of(person), offer_of(person)
    if enrolment.side == Side.PARTICIPANT:
        topics = wishes.needs if wishes else []
    else:
        topics = offer.topics if offer else []
    codes = [one.code for one in languages_of(person)]
    return Facts(
        name=called(person),
        place=person.place.name if person.place else "",
        languages=languages_list(codes) if codes else "",
        topics=topics_list(topics) if topics else "",
        times=slots_list(person.availability) if person.availability else "",
        online=bool(person.online),
    )


def option(one: Option) -> dict[str, object]:
    """Another mentor in words: who it is and what it would mean for others."""
    return {"mentor": one.mentor, "name": called(one.mentor.person), "meaning": _meaning(one)}


def _meaning(one: Option) -> str:
    if one.left_without:
        names = and_list([called(row.person) for row in one.left_without])
        return _("%(names)s would go on waiting.") % {"names": names}
    if one.moved:
        names = and_list([called(row.person) for row in one.moved])
        return _("%(names)s would get another mentor.") % {"names": names}
    return _("Nothing changes for the others.")


def left(row: Unmatched, mentors: Mapping[str, Enrolment], *, today: date) -> Left:
    """Someone without a pair: the reasons and the one change that would help."""
    opened = [mentors[key] for key in (row.change or {}).get("mentors", ()) if key in mentors]
    return Left(
        name=called(row.participant.person),
        url=reverse("people:person", args=[row.participant.person_id]),
        key=str(row.participant_id),
        waiting=waiting_since_words(row.participant.waiting_since, today),
        programme=row.participant.programme.name,
        reasons=[funnel_sentence(step) for step in row.steps],
        change=change_sentence(row.change, [called(one.person) for one in opened])
        if row.change
        else "",
    )


def held_back(actor: Actor, found: Pool) -> list[dict[str, object]]:
    """Both sides of those held back; what mentors lack is shown to those who keep the checks."""
    sees_checks = has(actor, RECORD_CHECK)
    return [
        {
            "more": max(0, len(found.held_back_on(side)) - HELD_SHOWN),
            "title": _("Participants") if side is Side.PARTICIPANT else _("Mentors"),
            "people": [
                _held(one, say_why=side is Side.PARTICIPANT or sees_checks)
                for one in found.held_back_on(side)[:HELD_SHOWN]
            ],
        }
        for side in Side
    ]


def _held(one: HeldBack, *, say_why: bool) -> dict[str, object]:
    reasons = [lacking_sentence(lacking) for lacking in one.lacking] if say_why else []
    return {"name": called(one.enrolment.person), "reasons": reasons}


def waiting_words(one: Outlook) -> str:
    """How many people wait in a programme."""
    sentence = ngettext(
        "%(number)d person waits for a mentor", "%(number)d people wait for a mentor", one.waiting
    )
    if one.waiting > MOST_COUNTED:
        sentence = _("More than %(number)d people wait for a mentor")
    return sentence % {"number": min(one.waiting, MOST_COUNTED)}


def mentors_words(one: Outlook) -> str:
    """How many mentors could be proposed; on long lists how many are on the list."""
    if one.held_back is None:
        sentence = ngettext(
            "%(number)d mentor is on the list.", "%(number)d mentors are on the list.", one.free
        )
        if one.free > MOST_COUNTED:
            sentence = _("More than %(number)d mentors are on the list.")
        return sentence % {"number": min(one.free, MOST_COUNTED)}
    sentence = ngettext("%(number)d mentor is free.", "%(number)d mentors are free.", one.free)
    return sentence % {"number": one.free}


def programme_line(one: Outlook, *, today: date) -> dict[str, object]:
    """A programme on the first page: numbers in sentences."""
    return {
        "programme": one.programme,
        "round": one.round,
        "waiting": waiting_words(one),
        "mentors": mentors_words(one),
        "since": _since(one.since, today) if one.since else "",
        "held_back": one.held_back,
        "is_long": one.held_back is None,
        "can_open": bool(one.waiting and one.free),
    }


def _since(day: date, today: date) -> str:
    said = day_and_month(day) if day.year == today.year else full_day(day)
    return _("The longest has waited since %(date)s.") % {"date": said}


def filters(show: Show, numbers: Mapping[Show, int], view: str) -> list[Filter]:
    """The lists of the board, with how many pairs stand on each."""
    return [
        Filter(
            label=SHOW_WORDS[one],
            url=f"?{urlencode({'show': one.value, 'view': view})}",
            count=min(numbers[one], MOST_SHOWN),
            is_current=one is show,
        )
        for one in Show
    ]


def views(view: str, show: Show) -> list[Filter]:
    """The two ways to look at the pairs."""
    words = {"cards": _("Cards"), "table": _("Table")}
    return [
        Filter(
            label=words[one],
            url=f"?{urlencode({'show': show.value, 'view': one})}",
            is_current=one == view,
        )
        for one in words
    ]


def first_url(kept: Mapping[str, str]) -> str:
    """The address of the first part of a list."""
    return f"?{urlencode(kept)}"


def next_url(kept: Mapping[str, str], after: str) -> str:
    """The address of the next part of a list; "" at its end."""
    return f"?{urlencode({**kept, 'after': after})}" if after else ""


def round_name(round_: Round) -> str:
    """The names of the programmes of a round."""
    return and_list(names_of([round_])[round_.pk])


def past_rounds(rounds: list[Round]) -> list[dict[str, object]]:
    """Rounds that are over, as lines of a list."""
    names = names_of(rounds)
    return [{"round": one, "name": and_list(names[one.pk])} for one in rounds]


CRITERION_WORDS = {
    **{name: criterion.name for name, criterion in CRITERIA.items()},
    "interests": gettext_lazy("Interests in common"),
}


def parts(stored: Iterable[Mapping[str, Any]]) -> list[dict[str, object]]:
    """What each criterion gave: the parts of a full fit, in hundredths, with one decimal."""
    return [
        {
            "name": CRITERION_WORDS[one["criterion"]],
            "points": one["points"] / HUNDREDTH,
            "of": one["of"] / HUNDREDTH,
            "share": round(100 * one["points"] / one["of"]) if one["of"] else 0,
        }
        for one in stored
    ]


def reject_words(proposal: Proposal, effect: Effect | None) -> list[str]:
    """What leaving this pair out would mean for the participant and for others."""
    if effect is None:
        return []
    name = called(proposal.participant.person)
    if effect.own is None:
        own = _("%(name)s would go on waiting for now.") % {"name": name}
    else:
        names = {"name": name, "mentor": called(effect.own.person)}
        own = _("%(name)s would be proposed to %(mentor)s.") % names
    return [own, *effect_words(effect)]


def _despite(proposal: Proposal) -> str:
    if not proposal.despite:
        return ""
    rules = " ".join(str(GATE_WORDS[gate]) for gate in proposal.despite)
    return _("Kept although: %(rules)s %(why)s") % {"rules": rules, "why": proposal.despite_why}


def changes_words(number: int | None) -> str:
    """How much has changed in a round; None while that is still being found out."""
    if number is None:
        return _("It is being done. Look here again in a minute.")
    if not number:
        return _("Nothing has changed.")
    said = ngettext(
        "%(number)d change is in the round now.", "%(number)d changes are in the round now.", number
    )
    return said % {"number": number}


def asked_words(proposal: Proposal, *, today: date) -> str:
    """Since when both are asked, and until when."""
    if proposal.offered_on is None or proposal.answer_by is None:
        return ""
    return _("Asked %(asked)s. An answer is due %(due)s.") % {
        "asked": near(proposal.offered_on, today),
        "due": near(proposal.answer_by, today),
    }
