"""What this room plugs into the house."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kith.base import clock, retention
from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.permissions import allows, has
from kith.gate.roles import Role
from kith.people.events import ImportUndoAsked, PersonErased
from kith.people.models import Person
from kith.reminders.rules.kinds import Kind, add_kind
from kith.web import nav, panels, today
from kith.web.words import Text, isolated, near
from kith.work import commands
from kith.work.models import Application, Interview, Qualification
from kith.work.permissions import COUNT_WORK, SEE_WORK
from kith.work.queries import due, record
from kith.work.rules import KEEP_APPLICATIONS
from kith.work.views.shared import moment_words


def plug_in() -> None:
    """Called once when Django is ready."""
    _plug_menus()
    _plug_panels()
    today.add_source(lines, most=72)
    add_kind(
        Kind(
            key="work.interview_soon",
            title=gettext_lazy("An interview comes up"),
            sentence=ngettext_lazy(
                "An interview comes up.", "%(number)d interviews come up.", "number"
            ),
            roles=frozenset({Role.PARTICIPANT}),
            days=1,
            source=due.interviews_between,
            still=due.interviews_still,
            told=_told,
            icon="work",
            order=26,
        )
    )
    listen(PersonErased, lambda fact: commands.let_go_of_person(fact.person_id))
    listen(ImportUndoAsked, _keep_those_with_entries)
    retention.register(
        retention.Category(
            key="work.applications",
            title=gettext_lazy("Applications that are over"),
            period=KEEP_APPLICATIONS,
            grace=timedelta(0),
            due=record.closed_before,
            erase=commands.remove_applications,
        )
    )


def _plug_menus() -> None:
    nav.add_item(
        "work",
        gettext_lazy("Work and qualifications"),
        "work:start",
        icon="work",
        order=66,
        visible=lambda actor: has(actor, COUNT_WORK),
    )
    nav.add_item(
        "work",
        gettext_lazy("Work"),
        "work:mine",
        icon="work",
        order=32,
        visible=lambda actor: actor.has(Role.PARTICIPANT),
        board=nav.PARTICIPANT_MENU,
    )


def _plug_panels() -> None:
    panels.add_panel(
        "person",
        "work",
        gettext_lazy("Work and qualifications"),
        lambda person: reverse("work:short", args=[person.pk]),
        visible=lambda actor, person: person.is_participant and has(actor, SEE_WORK),
        order=62,
    )
    panels.add_panel(
        "match",
        "work",
        gettext_lazy("Work and qualifications"),
        lambda match: reverse("work:short", args=[match.participant_id]),
        visible=_may_see_in_match,
        order=45,
    )


def _may_see_in_match(actor: Actor, match: Any) -> bool:
    """Whether this actor sees something of the participant's on the page of a match."""
    return allows(actor, SEE_WORK, match.participant)


def lines(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """What is due: of the participant who is signed in, or of those a mentor accompanies."""
    if not actor.has(Role.PARTICIPANT, Role.MENTOR, Role.GROUP_LEAD):
        return
    for one in due.interviews(actor, now=clock.now()):
        yield _interview_line(actor, one, day)
    for late in due.late_applications(actor, today=day):
        yield _late_line(actor, late, day)
    for waiting in due.late_qualifications(actor, today=day):
        yield _late_line(actor, waiting, day)
    for step in due.steps(actor, today=day):
        yield _step_line(actor, step, day)


def _interview_line(actor: Actor, row: Interview, day: date) -> today.TodayLine:
    said = {"what": isolated(row.application.title), "name": _name(actor, row.person)}
    own = _("You have an interview: %(what)s") % said
    other = _("%(name)s has an interview: %(what)s") % said
    where = isolated(row.place)
    return today.TodayLine(
        kind=today.Kind.PLAN,
        what=other if said["name"] else own,
        why=f"{moment_words(row.starts_at, day)}. {where}".strip(),
        action_label=_("Open"),
        url=_page(row.application),
        weight=72,
    )


def _late_line(actor: Actor, row: Application | Qualification, day: date) -> today.TodayLine:
    said = {
        "what": isolated(row.title),
        "name": _name(actor, row.person),
        "when": near(row.answer_due_on or day, day),
    }
    own = _("Ask for the answer: %(what)s") % said
    other = _("Ask %(name)s whether there is an answer: %(what)s") % said
    return today.TodayLine(
        kind=today.Kind.CALL,
        what=other if said["name"] else own,
        why=_("It was expected %(when)s.") % said,
        action_label=_("Open"),
        url=_page(row),
        weight=58,
    )


def _step_line(actor: Actor, row: Application | Qualification, day: date) -> today.TodayLine:
    said = {
        "what": isolated(row.title),
        "step": isolated(row.next_step),
        "name": _name(actor, row.person),
        "when": near(row.next_on or day, day),
    }
    why = _("For “%(what)s”, planned %(when)s.") % said
    with_name = _("%(name)s: %(step)s") % said
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=with_name if said["name"] else said["step"],
        why=why,
        action_label=_("Open"),
        url=_page(row),
        weight=46,
    )


def _page(row: Application | Qualification) -> str:
    name = "work:application" if isinstance(row, Application) else "work:qualification"
    return reverse(name, args=[row.person_id, row.pk])


def _name(actor: Actor, person: Person) -> str:
    """Whom a line is about; nothing when it is oneself."""
    is_own = person.user_id is not None and person.user_id == actor.user_id
    return "" if is_own else isolated(person.called or person.name)


def _told(actor: Actor, keys: Collection[UUID]) -> Mapping[UUID, Text]:
    day = clock.today()
    return {
        row.pk: _("Your interview “%(what)s”: %(when)s")
        % {"what": isolated(row.application.title), "when": moment_words(row.starts_at, day)}
        for row in due.own_interviews(actor, keys)
    }


def _keep_those_with_entries(fact: ImportUndoAsked) -> None:
    """Who has written something stays when the import is taken back."""
    for person_id in record.with_entries(list(fact.person_ids)):
        fact.stays.setdefault(
            person_id, gettext_lazy("has something under work and qualifications")
        )
