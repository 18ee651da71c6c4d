"""What this room plugs into the house."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from kith.base import retention
from kith.base.events import listen
from kith.expenses import commands
from kith.expenses.commands.deciding import NEWS
from kith.expenses.permissions import CLAIM, LOOK_AT_CLAIMS, PAY_CLAIMS, SET_PLAN
from kith.expenses.queries import claims as queries
from kith.expenses.queries.plans import may_claim
from kith.expenses.rules.limits import KEEP_BOOKED, KEEP_REST
from kith.expenses.rules.states import STATES, ClaimState
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.people.events import PersonErased
from kith.reminders.rules.kinds import Kind, When, add_kind
from kith.web import nav, panels, today
from kith.web.money import money
from kith.web.words import Text, isolated, near

MOST_LINES = 3


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "expenses",
        gettext_lazy("Expenses"),
        "expenses:start",
        icon="coin",
        order=67,
        visible=lambda actor: has(actor, LOOK_AT_CLAIMS),
    )
    nav.add_item(
        "my-expenses",
        gettext_lazy("My expenses"),
        "expenses:mine",
        icon="coin",
        order=58,
        visible=has_somewhere_to_claim,
    )
    panels.add_panel(
        "programme",
        "expenses",
        gettext_lazy("Expenses of mentors"),
        lambda programme: reverse("expenses:of_programme", args=[programme.pk]),
        visible=lambda actor, _programme: has(actor, SET_PLAN),
        order=70,
    )
    today.add_source(to_look_at, most=42)
    today.add_source(to_pay, most=30)
    today.add_source(to_answer, most=48)
    add_kind(
        Kind(
            key=NEWS,
            title=gettext_lazy("Somebody answered about your expenses"),
            sentence=ngettext_lazy(
                "Somebody answered about your expenses.",
                "Somebody answered about %(number)d of your claims.",
                "number",
            ),
            roles=frozenset({Role.MENTOR, Role.GROUP_LEAD}),
            when=When.AT_ONCE,
            still=queries.news_still,
            told=_told,
            icon="coin",
            order=64,
        )
    )
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))
    for category in categories():
        retention.register(category)


def has_somewhere_to_claim(actor: Actor) -> bool:
    """Whether a mentor's programme pays something back, or did so before."""
    return may_claim(actor) or (has(actor, CLAIM) and queries.own_claims(actor).exists())


def to_look_at(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Claims that nobody has looked at."""
    if not has(actor, LOOK_AT_CLAIMS):
        return
    for row in queries.waiting(actor, MOST_LINES):
        said = {
            "name": isolated(row.name),
            "sum": money(row.cents, row.currency),
            "when": near(row.sent_on or day, day),
        }
        yield today.TodayLine(
            kind=today.Kind.WRITE,
            what=_("Look at the expenses of %(name)s: %(sum)s") % said,
            why=_("Sent %(when)s.") % said,
            action_label=_("Look at it"),
            url=reverse("expenses:claim", args=[row.pk]),
            weight=42,
        )


def to_pay(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Agreed claims that were not paid yet: one line for all."""
    if not has(actor, PAY_CLAIMS):
        return
    number, since = queries.to_pay(actor)
    if since is not None:
        said = ngettext(
            "%(number)d claim is to be paid", "%(number)d claims are to be paid", number
        )
        yield today.TodayLine(
            kind=today.Kind.NOTICE,
            what=said % {"number": number},
            why=_("The first was agreed %(when)s.") % {"when": near(since, day)},
            action_label=_("See them"),
            url=reverse("expenses:start") + f"?state={ClaimState.AGREED.value}",
            weight=30,
        )


def to_answer(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """A mentor's own claims that came back with a question."""
    if not has(actor, CLAIM):
        return
    for row in queries.sent_back(actor):
        yield today.TodayLine(
            kind=today.Kind.WRITE,
            what=_("Answer a question about your expenses"),
            why=_("They came back %(when)s.") % {"when": near(row.decided_on or day, day)},
            action_label=_("Look at it"),
            url=reverse("expenses:claim", args=[row.pk]),
            weight=48,
        )


def _told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    """ "Your expenses, 12.40 €: agreed, not paid yet"."""
    rows = queries.own_claims(actor).filter(pk__in=list(keys))
    return {
        row.pk: _("Your expenses, %(sum)s: %(state)s")
        % {"sum": money(row.cents, row.currency), "state": STATES[ClaimState(row.state)]}
        for row in rows
    }


def categories() -> list[retention.Category]:
    """The clocks of this room. The first one is set by each programme; this is where it begins."""
    none = timedelta(0)
    return [
        retention.Category(
            key="expenses.booked",
            title=gettext_lazy("Expenses that were agreed, for the books"),
            period=KEEP_BOOKED,
            grace=none,
            due=queries.settled_long_ago,
            erase=commands.forget_claims,
        ),
        retention.Category(
            key="expenses.rest",
            title=gettext_lazy("Expenses that were not agreed, withdrawn or never sent"),
            period=KEEP_REST,
            grace=none,
            due=queries.came_to_nothing,
            erase=commands.forget_claims,
        ),
    ]
