"""What this room plugs into the house."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.base import events, retention
from kith.consent import commands, queries
from kith.consent.permissions import RECORD_CONSENT, SEE_CONSENTS, oneself
from kith.consent.rules import FIRST_PURPOSE, KeptAfter, Purpose, all_purposes, period_of
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.people import queries as people
from kith.people.events import ImportUndoAsked, PersonErased
from kith.people.models import Person
from kith.people.rules import Side
from kith.web import nav, panels, today

PROOF_DAYS = 365


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "consent",
        gettext_lazy("My consents"),
        "consent:mine",
        icon="paper",
        order=40,
        visible=lambda actor: actor.has(Role.PARTICIPANT),
        board=nav.PARTICIPANT_MENU,
    )
    nav.add_user_item(
        "consent",
        gettext_lazy("My consents"),
        "consent:mine",
        order=40,
        visible=lambda actor: actor.has(Role.MENTOR, Role.GROUP_LEAD),
    )
    panels.add_panel(
        "person",
        "consent",
        gettext_lazy("Consents"),
        lambda person: reverse("consent:person", args=[person.pk]),
        visible=lambda actor, _person: may_ask_others(actor) and has(actor, SEE_CONSENTS),
        order=20,
    )
    panels.add_panel(
        "import_result",
        "consent",
        gettext_lazy("Ask for their consent"),
        lambda _batch: reverse("consent:after_import"),
        visible=lambda actor, _batch: may_ask_others(actor),
        order=20,
    )
    today.add_source(lines, most=60)
    people.add_next_step("consent.ask", next_step, order=10)
    for side in Side:
        people.add_list_filter(
            side, "unasked", gettext_lazy("Not asked for consent"), unasked, order=30
        )
    events.listen(PersonErased, lambda fact: commands.forget_decisions(fact.person_id))
    events.listen(ImportUndoAsked, keep_those_who_answered)
    for category in categories():
        retention.register(category)


def may_ask_others(actor: Actor) -> bool:
    """Whether someone asks others, and not only oneself."""
    scopes = (RECORD_CONSENT.grants.get(role) for role in actor.roles)
    return any(scope not in (None, oneself) for scope in scopes)


def lines(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """How many people nobody has asked yet."""
    if not may_ask_others(actor):
        return
    number = queries.unasked_number(actor)
    if number:
        yield today.TodayLine(
            kind=today.Kind.WAIT,
            what=_unasked_sentence(number),
            why=_("Without a yes to mentoring nobody can be proposed a match."),
            action_label=_("Ask the next one"),
            url=reverse("consent:unasked"),
            weight=60,
            count=min(number, queries.MOST_COUNTED),
        )


def _unasked_sentence(number: int) -> str:
    if number > queries.MOST_COUNTED:
        most = queries.MOST_COUNTED
        return _("More than %(number)d people have not been asked for their consent") % {
            "number": most
        }
    sentence = ngettext(
        "%(number)d person has not been asked for consent",
        "%(number)d people have not been asked for their consent",
        number,
    )
    return sentence % {"number": number}


def next_step(actor: Actor, person: Person) -> people.NextStep | None:
    """Talking about consent with someone whom nobody has asked."""
    if not may_ask_others(actor) or not (person.is_participant or person.is_mentor):
        return None
    if queries.newest(person, FIRST_PURPOSE) is not None:
        return None
    url = reverse("consent:talk", args=[person.pk, FIRST_PURPOSE])
    return people.NextStep(label=_("Talk about consent"), url=url)


def unasked(_actor: Actor) -> Q:
    """A filter of a people list: nobody has asked them about mentoring."""
    return Q(consent_asked=False)


def keep_those_who_answered(fact: ImportUndoAsked) -> None:
    """Who has answered about a purpose stays when the import is taken back."""
    for person_id in queries.answered(list(fact.person_ids)):
        fact.stays.setdefault(person_id, gettext_lazy("has answered about consent"))


def categories() -> list[retention.Category]:
    """The clocks of decisions: a yes that counts for so long, and proofs about erased people."""
    limited = [one for one in all_purposes() if one.retention.after is KeptAfter.GIVEN]
    return [
        *(_limited(purpose) for purpose in limited),
        retention.Category(
            key="consent.of_erased",
            title=gettext_lazy("Answers of people who were erased, without names"),
            period=timedelta(days=PROOF_DAYS),
            grace=timedelta(0),
            due=queries.of_people_erased,
            erase=commands.remove_decisions,
        ),
    ]


def _limited(purpose: Purpose) -> retention.Category:
    return retention.Category(
        key=f"consent.{purpose.key}",
        title=LIMITED[purpose.key],
        period=period_of(purpose.retention),
        grace=timedelta(0),
        due=_due(purpose.key),
        erase=commands.let_run_out,
    )


def _due(key: str) -> Callable[[date], Iterable[UUID]]:
    return lambda day: queries.run_out(key, day)


LIMITED = {
    "sharing": gettext_lazy("A yes to sharing, which counts for a limited time"),
    "photos": gettext_lazy("A yes to photos, which counts for a limited time"),
}
