"""What this room plugs into the house."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from kith.base import clock, jobs
from kith.base.events import listen
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.matching.events import PairAgreed
from kith.matching.models import Proposal
from kith.matching.rules.load import add_load_source
from kith.mentoring import commands
from kith.mentoring import jobs as work
from kith.mentoring.permissions import (
    FOLLOW_UP_JOB,
    HAND_OVER_JOB,
    REMIND_JOB,
    SEE_ATTAINMENT,
    SEE_BOARD,
    SEE_LASTING,
    SEE_MATCH,
    SUPERVISE,
    accompanied,
)
from kith.mentoring.queries import lists
from kith.mentoring.wiring import (
    coordinator,
    follow_ups,
    handovers,
    kinds,
    looks,
    meeting_kinds,
    own,
    reminders,
    settings,
    steps,
    supervision,
)
from kith.people.events import ImportUndoAsked, PersonErased
from kith.programmes.events import ProgrammeAdapted
from kith.programmes.permissions import READ_GUIDES
from kith.programmes.queries import add_consequences
from kith.programmes.rules import rules_of
from kith.progress.permissions import add_people_of_mentor
from kith.progress.queries import add_weeks
from kith.web import nav, panels, today


def plug_in() -> None:
    """Called once when Django is ready."""
    _plug_menus()
    _plug_panels()
    kinds.plug_in()
    meeting_kinds.plug_in()
    handovers.plug_in()
    follow_ups.plug_in()
    steps.plug_in()
    looks.plug_in()
    today.add_source(coordinator.in_care)
    today.add_source(coordinator.to_bring_together)
    today.add_source(own.own_matches)
    today.add_source(reminders.reminders)
    supervision.plug_in()
    today.add_calm(coordinator.as_planned)
    add_load_source(lists.running_of)
    add_people_of_mentor(accompanied)
    add_weeks(lists.weeks_of)
    jobs.every(
        jobs.DAILY,
        REMIND_JOB,
        gettext_lazy("Remind those concerned before a match asks for staff"),
        work.remind,
    )
    jobs.every(
        jobs.HOURLY,
        HAND_OVER_JOB,
        gettext_lazy("Begin hand-overs on their day, and end stand-ins after their last day"),
        work.keep_hand_overs,
    )
    jobs.every(
        jobs.DAILY,
        FOLLOW_UP_JOB,
        gettext_lazy("Open talks after the end on their day, where the person agreed"),
        work.open_follow_ups,
    )
    add_consequences(settings.consequences)
    listen(PairAgreed, _begin)
    listen(ProgrammeAdapted, _look_again)
    listen(
        PersonErased, lambda fact: commands.let_go_of_person(fact.person_id, today=clock.today())
    )


def _plug_panels() -> None:
    panels.add_panel(
        "person",
        "matches",
        gettext_lazy("Matches"),
        lambda person: reverse("mentoring:of_person", args=[person.pk]),
        visible=lambda actor, _person: has(actor, SEE_MATCH),
        order=30,
    )
    panels.add_panel(
        "programme",
        "board",
        gettext_lazy("Matches by phase"),
        lambda programme: reverse("mentoring:board_panel", args=[programme.pk]),
        visible=lambda actor, _programme: has(actor, SEE_BOARD),
        order=10,
    )
    panels.add_panel(
        "programme",
        "lasting",
        gettext_lazy("How long matches last"),
        lambda programme: reverse("mentoring:lasting", args=[programme.pk]),
        visible=lambda actor, _programme: has(actor, SEE_LASTING),
        order=40,
    )
    panels.add_panel(
        "programme",
        "attainment",
        gettext_lazy("How far goals came"),
        lambda programme: reverse("mentoring:attainment", args=[programme.pk]),
        visible=lambda actor, programme: (
            has(actor, SEE_ATTAINMENT) and rules_of(programme).goal_scaling
        ),
        order=42,
    )
    panels.add_panel(
        "group",
        "matches",
        gettext_lazy("Matches"),
        lambda group: reverse("mentoring:of_group", args=[group.pk]),
        visible=lambda actor, _group: has(actor, SEE_MATCH),
        order=10,
    )
    for slot in ("match", "my_match"):
        panels.add_panel(
            slot,
            "guides",
            gettext_lazy("Guides for now"),
            lambda match: reverse("mentoring:guides", args=[match.pk]),
            visible=lambda actor, _match: has(actor, READ_GUIDES),
            order=30,
        )
    panels.add_panel(
        "today",
        "mine",
        gettext_lazy("My matches"),
        lambda _nothing: reverse("mentoring:mine"),
        visible=lambda actor, _nothing: actor.has(*own.OWN),
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
        "supervision",
        gettext_lazy("Supervision"),
        "mentoring:supervision",
        icon="cup",
        order=52,
        visible=lambda actor: has(actor, SUPERVISE),
    )
    nav.add_item(
        "my-supervision",
        gettext_lazy("My supervision"),
        "mentoring:my_supervision",
        icon="cup",
        order=53,
        visible=lambda actor: actor.has(Role.MENTOR),
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


def _look_again(fact: ProgrammeAdapted) -> None:
    """The rules of a programme changed: its matches may ask for something earlier or later."""
    commands.look_again(fact.programme_id, today=clock.today())


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
