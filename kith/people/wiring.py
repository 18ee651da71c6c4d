"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.accounts.events import InvitationAccepted
from kith.accounts.queries import Invitee, add_invitees
from kith.base import clock, jobs, retention
from kith.base.events import listen
from kith.base.few import few
from kith.gate.actor import Actor
from kith.gate.permissions import allows, has
from kith.gate.roles import Role
from kith.people import commands, queries
from kith.people import jobs as work
from kith.people.models import MentorCheck, MentorProfile, Person
from kith.people.permissions import (
    COUNT_PEOPLE,
    EDIT_PERSON,
    IMPORT_JOB,
    IMPORT_PEOPLE,
    RECORD_CHECK,
    REINDEX_JOB,
    SEE_LIST,
)
from kith.people.queries.access import person_to_let_in
from kith.people.rules import ImportState, Side
from kith.people.rules.access import INVITED_AS, page_language, roles_of
from kith.people.rules.labels import CHECKS
from kith.web import nav, search, today
from kith.web.words import and_list, near

MOST_NAMED = 3
MOST_COUNTED = 99
KEEP_FILES = timedelta(days=30)
OPEN_IMPORTS = {
    ImportState.UPLOADED.value: gettext_lazy("waits for a look at its columns"),
    ImportState.CHECKED.value: gettext_lazy("waits for your yes"),
    ImportState.STOPPED.value: gettext_lazy("stopped half-way"),
}


def plug_in() -> None:
    """Called once when Django is ready."""
    _plug_menu()
    _plug_lists()
    add_invitees(INVITED_AS, _invitee)
    listen(InvitationAccepted, commands.keep_sign_in)
    search.add_provider("people", gettext_lazy("People"), _hits, order=10)
    queries.add_next_step("people.basics", _basics, order=50)
    queries.add_next_step("people.checks", _first_check, order=60)
    today.add_source(_ending_checks, most=40)
    today.add_source(_open_imports, most=60)
    today.add_calm(_counts)
    today.add_first_step(_bring_in, order=10)
    jobs.on_demand(IMPORT_JOB, gettext_lazy("Bring in a long list"), work.work_on_import)
    jobs.on_demand(REINDEX_JOB, gettext_lazy("Build the search index anew"), work.reindex)
    retention.register(
        retention.Category(
            key="people.imports",
            title=gettext_lazy("Files of lists that were brought in"),
            period=KEEP_FILES,
            grace=timedelta(0),
            due=queries.imports_begun_before,
            erase=commands.forget_imports,
        )
    )


def _plug_menu() -> None:
    nav.add_item(
        "participants",
        gettext_lazy("Participants"),
        "people:participants",
        icon="people",
        order=20,
        visible=_sees_participants,
    )
    nav.add_item(
        "mentors",
        gettext_lazy("Mentors"),
        "people:mentors",
        icon="hand",
        order=30,
        visible=lambda actor: has(actor, SEE_LIST),
    )
    nav.add_item(
        "me",
        gettext_lazy("About me"),
        "people:me",
        icon="user",
        order=90,
        visible=lambda actor: actor.has(Role.PARTICIPANT),
        board=nav.PARTICIPANT_MENU,
    )
    nav.add_user_item(
        "me",
        gettext_lazy("About me"),
        "people:me",
        order=10,
        visible=lambda actor: actor.has(Role.MENTOR),
    )


def _sees_participants(actor: Actor) -> bool:
    return has(actor, SEE_LIST) and queries.sees_participants(actor)


def _plug_lists() -> None:
    for side in Side:
        queries.add_list_filter(side, "mine", gettext_lazy("Mine"), _mine, order=10)
    queries.add_list_filter(
        Side.MENTOR, "checks", gettext_lazy("Checks to renew"), _checks_end, order=80
    )
    queries.add_list_filter(Side.MENTOR, "paused", gettext_lazy("Pausing"), _paused, order=90)


def _mine(actor: Actor) -> Q:
    return Q(responsible__isnull=False, responsible=actor.membership)


def _checks_end(actor: Actor) -> Q:
    if not has(actor, RECORD_CHECK):
        return Q(pk__in=[])
    return Q(is_mentor=True, checks_until__lte=queries.last_day_to_renew(actor, clock.today()))


def _paused(_actor: Actor) -> Q:
    resting = MentorProfile.objects.filter(paused_until__gt=clock.today())
    return Q(pk__in=resting.values("person"))


def _hits(actor: Actor, text: str, limit: int) -> Iterable[search.Hit]:
    people = queries.find_people(actor, text, limit)
    for person in people:
        sides = [_("Participant")] if person.is_participant else []
        sides += [_("Mentor")] if person.is_mentor else []
        place = [person.place.name] if person.place else []
        yield search.Hit(
            title=str(person.name),
            url=reverse("people:person", args=[person.pk]),
            context=" · ".join([*sides, *place]),
            icon="user",
        )


def _invitee(actor: Actor, key: str) -> Invitee | None:
    person = person_to_let_in(actor, key)
    if person is None:
        return None
    return Invitee(
        name=str(person.name),
        email=str(person.email),
        language=page_language(person.language),
        roles=roles_of(is_participant=person.is_participant, is_mentor=person.is_mentor),
        url=reverse("people:person", args=[person.pk]),
    )


def _basics(actor: Actor, person: Person) -> queries.NextStep | None:
    """What matching needs first: languages, then times."""
    if not allows(actor, EDIT_PERSON, person):
        return None
    if not queries.languages_of(person):
        label, key = _("Add languages"), "languages"
    elif not person.availability:
        label, key = _("Add times that suit"), "times"
    else:
        return None
    return queries.NextStep(label=label, url=reverse("people:section", args=[person.pk, key]))


def _first_check(actor: Actor, person: Person) -> queries.NextStep | None:
    if not (person.is_mentor and allows(actor, RECORD_CHECK, person)):
        return None
    if MentorCheck.objects.filter(person=person).exists():
        return None
    url = reverse("people:new_check", args=[person.pk])
    return queries.NextStep(label=_("Note a check"), url=url)


def _ending_checks(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    if not has(actor, RECORD_CHECK):
        return
    found = few(queries.ending_checks(actor, day), named=MOST_NAMED, most=MOST_COUNTED)
    if not found.rows:
        return
    named = [
        _("%(name)s: %(check)s") % {"name": row.person.name, "check": CHECKS[row.kind]}
        for row in found.rows
    ]
    number = min(found.number, MOST_COUNTED)
    if number > len(found.rows):
        named.append(_("%(number)d more") % {"number": number - len(found.rows)})
    yield today.TodayLine(
        kind=today.Kind.NOTICE,
        what=ngettext(
            "%(number)d mentor check ends soon",
            "%(number)d mentor checks end soon",
            number,
        )
        % {"number": number},
        why=_("%(checks)s.") % {"checks": and_list(named)},
        action_label=_("See the checks"),
        url=reverse("people:checks"),
        weight=40,
    )


def _open_imports(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    if not has(actor, IMPORT_PEOPLE):
        return
    for batch in queries.open_imports(actor).defer("reading", "findings")[:MOST_NAMED]:
        began = localdate(batch.created_at)
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("Finish bringing in “%(file)s”") % {"file": batch.filename},
            why=_("Begun %(when)s. It %(state)s.")
            % {"when": near(began, day), "state": OPEN_IMPORTS[batch.state]},
            action_label=_("Go on"),
            url=reverse("people:import", args=[batch.pk]),
            weight=60,
        )


def _counts(actor: Actor, _day: date) -> str | None:
    if has(actor, SEE_LIST) or not has(actor, COUNT_PEOPLE):
        return None
    counts = queries.counts_of_people(actor)
    if counts is None:
        return None
    return _("%(participants)d participants and %(mentors)d mentors are kept here.") % {
        "participants": counts.participants,
        "mentors": counts.mentors,
    }


def _bring_in(actor: Actor) -> today.FirstStep | None:
    if not has(actor, IMPORT_PEOPLE) or Person.objects.exists():
        return None
    return today.FirstStep(
        what=_("Bring in the list you keep today"),
        why=_("A sheet of participants or mentors is enough. Nothing is stored before you agree."),
        action_label=_("Bring in a list"),
        url=reverse("people:imports"),
    )
