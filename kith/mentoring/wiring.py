"""What this room plugs into the house."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.base import clock
from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.matching.events import PairAgreed
from kith.matching.models import Proposal
from kith.matching.rules.load import add_load_source
from kith.matching.rules.words import called
from kith.mentoring import commands
from kith.mentoring.models import Match
from kith.mentoring.permissions import SEE_MATCH, accompanied
from kith.mentoring.queries import agreement, care, lists
from kith.mentoring.queries.dates import open_week
from kith.mentoring.rules.attention import Reason
from kith.mentoring.rules.words import Words, attention_sentence
from kith.mentoring.views.shown import moment
from kith.people.events import ImportUndoAsked, PersonErased
from kith.people.rules import Side
from kith.programmes.events import ProgrammeAdapted
from kith.progress.permissions import add_people_of_mentor
from kith.progress.queries import add_weeks
from kith.web import nav, panels, today
from kith.web.words import and_list, near

SOON = timedelta(days=7)
OWN = frozenset({Role.MENTOR, Role.PARTICIPANT})


class SaySide(NamedTuple):
    """What a line about one side asks for, and where it leads."""

    what: Words
    act: Words
    address: Callable[[Match, Side], str]
    weight: int


def _talk_page(match: Match, side: Side) -> str:
    return f"{reverse('mentoring:new_talk', args=[match.pk])}?side={side.value}"


def _check_page(match: Match, side: Side) -> str:
    return reverse("mentoring:check", args=[match.pk, side.value])


SIDES = {
    Reason.OFFER: SaySide(
        gettext_lazy("Offer %(name)s a talk"), gettext_lazy("Note the talk"), _talk_page, 79
    ),
    Reason.TALK: SaySide(
        gettext_lazy("Ask %(name)s how it is going with %(other)s"),
        gettext_lazy("Note the talk"),
        _talk_page,
        60,
    ),
    Reason.CHECK: SaySide(
        gettext_lazy("Go through six statements with %(name)s"),
        gettext_lazy("Open the statements"),
        _check_page,
        50,
    ),
}


class Say(NamedTuple):
    """What a line on Today asks for, and where it leads."""

    what: Words
    act: Words
    page: str


CALL = Say(gettext_lazy("Call %(names)s"), gettext_lazy("Open match"), "mentoring:match")
ENDS = {
    Reason.ENDING: Say(
        gettext_lazy("Plan a good ending for %(names)s"),
        gettext_lazy("Plan the ending"),
        "mentoring:plan_ending",
    ),
    Reason.CLOSING: Say(
        gettext_lazy("Close the match of %(names)s"),
        gettext_lazy("Close the match"),
        "mentoring:close",
    ),
}


def plug_in() -> None:
    """Called once when Django is ready."""
    _plug_menus()
    today.add_source(_in_care)
    today.add_source(_to_bring_together)
    today.add_source(_own_matches)
    today.add_calm(_as_planned)
    add_load_source(lists.running_of)
    add_people_of_mentor(accompanied)
    add_weeks(lists.weeks_of)
    listen(PairAgreed, _begin)
    listen(ProgrammeAdapted, lambda fact: commands.look_again(fact.programme_id))
    listen(
        PersonErased, lambda fact: commands.let_go_of_person(fact.person_id, today=clock.today())
    )
    panels.add_panel(
        "person",
        "matches",
        gettext_lazy("Matches"),
        lambda person: reverse("mentoring:of_person", args=[person.pk]),
        visible=lambda actor, _person: has(actor, SEE_MATCH),
        order=30,
    )
    panels.add_panel(
        "today",
        "mine",
        gettext_lazy("My matches"),
        lambda _nothing: reverse("mentoring:mine"),
        visible=lambda actor, _nothing: actor.has(*OWN),
        order=10,
    )


def _plug_menus() -> None:
    nav.add_item(
        "matches",
        gettext_lazy("Matches"),
        "mentoring:start",
        icon="match",
        order=50,
        visible=lambda actor: has(actor, SEE_MATCH),
    )
    nav.add_item(
        "my-mentor",
        gettext_lazy("My mentor"),
        "mentoring:mine",
        icon="match",
        order=20,
        visible=lambda actor: actor.has(Role.PARTICIPANT),
        board=nav.PARTICIPANT_MENU,
    )


def _begin(fact: PairAgreed) -> None:
    """Both said yes: their match begins in the same act."""
    proposal = Proposal.objects.select_related(
        "participant__programme", "participant__person", "mentor__person"
    ).get(pk=fact.proposal_id)
    commands.begin_match(fact.actor, proposal=proposal, today=proposal.agreed_on, now=fact.at)


def _stay(fact: ImportUndoAsked) -> None:
    """Taking a list back leaves those alone who have a match."""
    for person_id in lists.persons_with_a_match(fact.person_ids):
        fact.stays.setdefault(person_id, gettext_lazy("has a match"))


def _names(match: Match) -> str:
    return and_list([called(match.participant), called(match.mentor)])


def _in_care(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Matches of one's own people that ask for a call."""
    if not actor.has(Role.COORDINATOR):
        return
    for one in care.in_care(actor, today=day):
        if one.attention.side is not None:
            yield _side_line(one, one.attention.side, day)
            continue
        ends = one.attention.reason in ENDS
        say = ENDS.get(one.attention.reason, CALL)
        yield today.TodayLine(
            kind=today.Kind.PLAN if ends else today.Kind.CALL,
            what=str(say.what) % {"names": _names(one.match)},
            why=attention_sentence(one.attention, one.dates, one.care, today=day),
            action_label=str(say.act),
            url=reverse(say.page, args=[one.match.pk]),
            weight=35 if ends else 80,
        )


def _side_line(one: care.InCare, side: Side, day: date) -> today.TodayLine:
    """The coordinator turns to one of the two."""
    match, say = one.match, SIDES[one.attention.reason]
    pair = [match.participant, match.mentor]
    person, other = pair if side is Side.PARTICIPANT else reversed(pair)
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=str(say.what) % {"name": called(person), "other": called(other)},
        why=attention_sentence(one.attention, one.dates, one.care, today=day),
        action_label=str(say.act),
        url=say.address(match, side),
        weight=say.weight,
    )


def _to_bring_together(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Both said yes: the coordinator opens their first meeting."""
    if not actor.has(Role.COORDINATOR):
        return
    for match in care.to_bring_together(actor, today=day):
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("Bring %(names)s together") % {"names": _names(match)},
            why=_("Both said yes %(when)s. Plan their first meeting and come along.")
            % {"when": near(match.agreed_on, day)},
            action_label=_("Plan the first meeting"),
            url=reverse("mentoring:plan_meeting", args=[match.pk]),
            weight=78,
        )


def _as_planned(actor: Actor, day: date) -> str | None:
    """How much runs without anybody's help."""
    if not actor.has(Role.COORDINATOR):
        return None
    number = care.as_planned(actor, today=day)
    if not number:
        return None
    if number > care.MOST_COUNTED:
        return _("More than %(number)d matches are running as planned.") % {
            "number": care.MOST_COUNTED
        }
    said = ngettext(
        "%(number)d match is running as planned.",
        "%(number)d matches are running as planned.",
        number,
    )
    return said % {"number": number}


def _own_matches(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """What one's own matches need: a signature, a note, the next meeting."""
    if not actor.has(*OWN):
        return
    found, now = lists.own(actor), clock.now()
    unnoted = care.unnoted(found, now=now)
    for match in found:
        if _is_unsigned(actor, match):
            yield _sign_line(actor, match)
        if match in unnoted and agreement.is_own(actor, match.mentor):
            yield _unnoted_line(match, day)
        if side := _asked_side(actor, match, day):
            yield _statements_line(actor, match, side)
        if match in unnoted:
            continue
        if match.next_meeting_at and now <= match.next_meeting_at <= now + SOON:
            yield _meet_line(actor, match, day)


def _asked_side(actor: Actor, match: Match, day: date) -> Side | None:
    """The side of the actor, when the six statements are open for it."""
    is_mentor = agreement.is_own(actor, match.mentor)
    side = Side.MENTOR if is_mentor else Side.PARTICIPANT
    return side if open_week(match, side, today=day) else None


def _statements_line(actor: Actor, match: Match, side: Side) -> today.TodayLine:
    name = _other(actor, match)
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("How is it going with %(name)s?") % {"name": name},
        why=_("Six short statements. Your coordinator reads your answers, %(name)s does not.")
        % {"name": name},
        action_label=_("Answer"),
        url=_check_page(match, side),
        weight=55,
    )


def _other(actor: Actor, match: Match) -> str:
    is_mentor = agreement.is_own(actor, match.mentor)
    return called(match.participant if is_mentor else match.mentor)


def _is_unsigned(actor: Actor, match: Match) -> bool:
    if match.state != "starting":
        return False
    return any(
        place.signature is None and agreement.is_own(actor, place.person)
        for place in agreement.places(match)
    )


def _sign_line(actor: Actor, match: Match) -> today.TodayLine:
    side = "mentor" if agreement.is_own(actor, match.mentor) else "participant"
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("Sign the agreement with %(name)s") % {"name": _other(actor, match)},
        why=_("Both of you said yes. Read together how you want to treat each other."),
        action_label=_("Read and sign"),
        url=reverse("mentoring:sign", args=[match.pk, side]),
        weight=65,
    )


def _unnoted_line(match: Match, day: date) -> today.TodayLine:
    when = near(timezone.localdate(match.next_meeting_at), day) if match.next_meeting_at else ""
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("Did you meet %(name)s?") % {"name": called(match.participant)},
        why=_("A meeting was planned %(when)s. One tap is enough.") % {"when": when},
        action_label=_("Note it"),
        url=reverse("mentoring:match", args=[match.pk]),
        weight=70,
    )


def _meet_line(actor: Actor, match: Match, day: date) -> today.TodayLine:
    when = moment(match.next_meeting_at, day) if match.next_meeting_at else ""
    return today.TodayLine(
        kind=today.Kind.PLAN,
        what=_("You meet %(name)s") % {"name": _other(actor, match)},
        why=when[:1].upper() + when[1:] + ".",
        action_label=_("Open"),
        url=reverse("mentoring:match", args=[match.pk]),
        weight=30,
    )
