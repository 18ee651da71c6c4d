"""Lines on Today and reminders about who goes with a participant from now on."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kith.gate.actor import Actor
from kith.gate.roles import Role
from kith.matching.rules.words import called
from kith.mentoring.models import HandOver
from kith.mentoring.queries import handovers as queries
from kith.mentoring.queries import reminding_hand_overs as reminding
from kith.mentoring.rules.handovers import HandOverState
from kith.mentoring.views import shown_handovers
from kith.mentoring.views.shown_handovers import answer_page, page_of
from kith.reminders.rules.kinds import Kind, When, add_kind
from kith.web import today
from kith.web.words import Text, full_day, isolated


def plug_in() -> None:
    """Called once when Django is ready."""
    today.add_source(to_look_after)
    today.add_source(own_question)
    for kind in _kinds():
        add_kind(kind)


def _kinds() -> list[Kind]:
    return [
        Kind(
            key="mentoring.hand_over_asked",
            title=gettext_lazy("Somebody else could go on with you"),
            sentence=ngettext_lazy(
                "A question about your mentoring waits for your answer.",
                "%(number)d questions about your mentoring wait for your answer.",
                "number",
            ),
            roles=frozenset({Role.PARTICIPANT}),
            when=When.AFTER,
            source=reminding.asked,
            still=reminding.asked_still,
            told=_asked_told,
            icon="question",
            order=33,
        ),
        Kind(
            key="mentoring.hand_over_begins",
            title=gettext_lazy("Who goes with whom changes"),
            sentence=ngettext_lazy(
                "Who goes with whom changes.",
                "Who goes with whom changes, %(number)d times.",
                "number",
            ),
            roles=frozenset({Role.PARTICIPANT, Role.MENTOR, Role.GROUP_LEAD}),
            when=When.AFTER,
            source=reminding.begins,
            still=reminding.begins_still,
            told=_begins_told,
            icon="people",
            order=34,
        ),
    ]


def to_look_after(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Hand-overs for which the coordinator does something next."""
    if actor.has(Role.COORDINATOR):
        yield from (_line(one, day) for one in queries.to_look_after(actor, today=day))


def _line(one: HandOver, day: date) -> today.TodayLine:
    what, why, weight = _says(one, day)
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=what,
        why=why,
        action_label=_("Look after it"),
        url=page_of(one),
        weight=weight,
    )


def _says(one: HandOver, day: date) -> tuple[str, str, int]:
    names = {
        "participant": isolated(called(one.match.participant)),
        "name": isolated(called(one.person)),
        "other": isolated(called(one.member.person)),
    }
    if one.state == HandOverState.ASKED:
        what = _("Ask %(participant)s whether %(name)s may go on with them") % names
        return what, shown_handovers.planned(one), 67
    if one.state == HandOverState.AGREED:
        what = _("%(name)s cannot begin with %(participant)s yet") % names
        return what, " ".join(shown_handovers.lacking(one, day)), 79
    what = _("Ask %(other)s whether %(name)s still stands in") % names
    return what, shown_handovers.standing(one), 56


def own_question(actor: Actor, _day: date) -> Iterable[today.TodayLine]:
    """What a participant is asked."""
    if not actor.has(Role.PARTICIPANT):
        return
    for one in queries.own_asked(actor):
        yield today.TodayLine(
            kind=today.Kind.WRITE,
            what=_("Is somebody new all right for you?"),
            why=shown_handovers.asked_of_participant(one),
            action_label=_("Answer"),
            url=answer_page(one),
            weight=66,
        )


def _asked_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {one.pk: shown_handovers.asked_of_participant(one) for one in queries.named(actor, keys)}


def _begins_told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    return {one.pk: _begins(one, actor) for one in queries.named(actor, keys)}


def _begins(one: HandOver, actor: Actor) -> str:
    words = {
        "name": isolated(called(one.person)),
        "participant": isolated(called(one.match.participant)),
        "day": full_day(one.from_on),
    }
    if one.person.user_id == actor.user_id:
        return _("From %(day)s you go on with %(participant)s.") % words
    if one.member.person.user_id == actor.user_id:
        return _("From %(day)s %(name)s goes on with %(participant)s.") % words
    return _("From %(day)s %(name)s goes on with you.") % words
