"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from kith.base import clock, jobs, retention
from kith.base.events import listen
from kith.consent.events import ConsentDecided
from kith.consent.queries import SHARING
from kith.consent.rules import State
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.people.events import ImportUndoAsked, PersonErased
from kith.reminders.rules.kinds import Kind, When, add_kind
from kith.services import commands
from kith.services import jobs as work
from kith.services.models import Referral
from kith.services.permissions import (
    IMPORT_JOB,
    IMPORT_SERVICES,
    KEEP_SERVICES,
    OFFER_REFERRAL,
    SEE_SERVICES,
    SEND_REFERRAL,
)
from kith.services.queries import entries, imports, referrals, reminding, search
from kith.services.rules.states import KEEP_CLOSED, ReferralState
from kith.web import nav, panels, today
from kith.web import search as site
from kith.web.words import isolated, near

MOST_LINES = 4
KEEP_FILES = timedelta(days=30)


def plug_in() -> None:
    """Called once when Django is ready."""
    _plug_menus()
    _plug_panels()
    _plug_reminders()
    today.add_source(_to_ask_about, most=80)
    today.add_source(_own_offers, most=55)
    today.add_source(_reported, most=45)
    today.add_source(_open_imports, most=40)
    site.add_provider("services", gettext_lazy("Services"), _hits, order=40)
    listen(PersonErased, lambda fact: commands.remove_referrals(fact.person_id))
    listen(ConsentDecided, note_unshared)
    listen(ImportUndoAsked, keep_those_with_referrals)
    jobs.on_demand(
        IMPORT_JOB, gettext_lazy("Bring in a long directory of services"), work.work_on_import
    )
    for category in categories():
        retention.register(category)


def _plug_menus() -> None:
    nav.add_item(
        "services",
        gettext_lazy("Services"),
        "services:start",
        icon="hand",
        order=60,
        visible=lambda actor: has(actor, SEE_SERVICES),
    )
    nav.add_item(
        "services",
        gettext_lazy("Places that help"),
        "services:start",
        icon="hand",
        order=35,
        visible=lambda actor: actor.has(Role.PARTICIPANT),
        board=nav.PARTICIPANT_MENU,
    )


def _plug_panels() -> None:
    panels.add_panel(
        "person",
        "referrals",
        gettext_lazy("Referrals"),
        lambda person: reverse("services:person", args=[person.pk]),
        visible=lambda actor, person: person.is_participant and has(actor, OFFER_REFERRAL),
        order=70,
    )
    panels.add_panel(
        "match",
        "referrals",
        gettext_lazy("Referrals"),
        lambda match: reverse("services:person", args=[match.participant_id]),
        visible=may_see_in_match,
        order=50,
    )


def _plug_reminders() -> None:
    add_kind(
        Kind(
            key="services.offered",
            title=gettext_lazy("A place that may help was offered to you"),
            sentence=ngettext_lazy(
                "A place that may help waits for your yes or no.",
                "%(number)d places that may help wait for your yes or no.",
                "number",
            ),
            roles=frozenset({Role.PARTICIPANT}),
            when=When.AFTER,
            source=reminding.offered,
            still=reminding.offered_still,
            icon="hand",
            order=64,
        )
    )
    add_kind(
        Kind(
            key="services.to_ask",
            title=gettext_lazy("A referral is without news"),
            sentence=ngettext_lazy(
                "A referral is without news.", "%(number)d referrals are without news.", "number"
            ),
            roles=frozenset({Role.COORDINATOR, Role.MENTOR}),
            when=When.AFTER,
            source=reminding.to_ask,
            still=reminding.to_ask_still,
            icon="hand",
            order=65,
        )
    )


def may_see_in_match(actor: Actor, match: Any) -> bool:
    """Whether this actor sees the participant's referrals on the page of a match."""
    return referrals.people_to_offer(actor).filter(pk=match.participant_id).exists()


WHAT = {
    ReferralState.OFFERED: gettext_lazy("Ask %(name)s about “%(service)s”"),
    ReferralState.ACCEPTED: gettext_lazy("Tell “%(service)s” about %(name)s, or go together"),
    ReferralState.SENT: gettext_lazy("Ask “%(service)s” what became of the referral"),
    ReferralState.WAITING: gettext_lazy("Ask “%(service)s” about its waiting list"),
    ReferralState.TAKEN_ON: gettext_lazy("Ask %(name)s how it goes at “%(service)s”"),
}
WHY = {
    ReferralState.OFFERED: gettext_lazy("Offered %(when)s; there is no answer yet."),
    ReferralState.ACCEPTED: gettext_lazy("%(name)s said yes %(when)s."),
    ReferralState.SENT: gettext_lazy("Sent for %(name)s %(when)s; there is no answer yet."),
    ReferralState.WAITING: gettext_lazy("%(name)s is on it: noted %(when)s."),
    ReferralState.TAKEN_ON: gettext_lazy("Accepted %(when)s; nothing was noted since."),
}


def _to_ask_about(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """What has to be deleted elsewhere, and referrals without news for too long; a line each."""
    if not has(actor, SEND_REFERRAL):
        return
    for row in referrals.to_delete(actor, MOST_LINES):
        yield _delete_line(row, day)
    for row in referrals.to_ask_about(actor, day, MOST_LINES):
        yield _ask_line(row, day)


def _ask_line(row: Referral, day: date) -> today.TodayLine:
    state = ReferralState(row.state)
    said = {
        "name": isolated(row.person.called or row.person.name),
        "service": isolated(row.service.name),
        "when": near(row.changed_on, day),
    }
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=str(WHAT[state]) % said,
        why=str(WHY[state]) % said,
        action_label=_("Open the referral"),
        url=reverse("services:referral", args=[row.pk]),
        weight=58,
    )


def _delete_line(row: Referral, day: date) -> today.TodayLine:
    said = {
        "name": isolated(row.person.called or row.person.name),
        "service": isolated(row.service.name),
        "when": near(row.unshared_on or day, day),
    }
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=_("Ask “%(service)s” to delete what they have about %(name)s") % said,
        why=_("The yes to sharing was taken back %(when)s.") % said,
        action_label=_("Open the referral"),
        url=reverse("services:referral", args=[row.pk]),
        weight=80,
    )


def _own_offers(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """A place that was offered to a participant."""
    if not actor.has(Role.PARTICIPANT):
        return
    person = referrals.own_record(actor)
    if person is None:
        return
    rows = referrals.referrals(actor).filter(person=person, state=ReferralState.OFFERED.value)
    for row in rows.order_by("-id")[:MOST_LINES]:
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("A place that may help: %(service)s") % {"service": isolated(row.service.name)},
            why=_("Offered %(when)s. You decide, and need not say why.")
            % {"when": near(row.offered_on, day)},
            action_label=_("Look at it"),
            url=reverse("services:referral", args=[row.pk]),
            weight=55,
        )


def _reported(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Entries of the directory that somebody said are wrong."""
    if not has(actor, KEEP_SERVICES):
        return
    number = entries.reported_number(actor)
    if number:
        yield today.TodayLine(
            kind=today.Kind.NOTICE,
            what=ngettext(
                "%(number)d entry of the directory may be wrong",
                "%(number)d entries of the directory may be wrong",
                number,
            )
            % {"number": number},
            why=_("Somebody who looked there said so. A call settles it."),
            action_label=_("Check"),
            url=reverse("services:to_check"),
            weight=45,
        )


def _open_imports(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Files that somebody began to bring in."""
    if not has(actor, IMPORT_SERVICES):
        return
    for batch in imports.open_imports(actor)[:MOST_LINES]:
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("Finish bringing in “%(file)s”") % {"file": isolated(batch.filename)},
            why=_("It was read and waits for your yes."),
            action_label=_("Go on"),
            url=reverse("services:import", args=[batch.pk]),
            weight=40,
        )


def _hits(actor: Actor, text: str, limit: int) -> Iterable[site.Hit]:
    if not has(actor, SEE_SERVICES):
        return
    for row in search.find_by_words(actor, text, limit):
        yield site.Hit(
            title=row.name,
            url=reverse("services:service", args=[row.pk]),
            context=row.provider.name if row.provider else "",
            icon="hand",
        )


def note_unshared(fact: ConsentDecided) -> None:
    """A yes to sharing that is taken back reaches those who were told something."""
    if fact.purpose == SHARING and fact.state == State.WITHDRAWN.value:
        commands.note_unshared(fact.person_id, today=clock.today())


def keep_those_with_referrals(fact: ImportUndoAsked) -> None:
    """Who has a referral stays when the import is taken back."""
    for person_id in referrals.persons_with_referrals(list(fact.person_ids)):
        fact.stays.setdefault(person_id, gettext_lazy("has a referral"))


def categories() -> list[retention.Category]:
    """The clocks of this room."""
    return [
        retention.Category(
            key="services.referrals",
            title=gettext_lazy("Referrals that are over"),
            period=KEEP_CLOSED,
            grace=timedelta(0),
            due=referrals.closed_before,
            erase=commands.remove_closed,
        ),
        retention.Category(
            key="services.imports",
            title=gettext_lazy("Files of directories that were brought in"),
            period=KEEP_FILES,
            grace=timedelta(0),
            due=imports.imports_begun_before,
            erase=commands.forget_files,
        ),
    ]
