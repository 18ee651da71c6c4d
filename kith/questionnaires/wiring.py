"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kith.base import events, jobs, retention
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.gate.roles import Role
from kith.people.events import ImportUndoAsked, PersonErased
from kith.people.models import Person
from kith.questionnaires import commands
from kith.questionnaires import jobs as work
from kith.questionnaires.permissions import (
    EXPORT_JOB,
    READ_ANSWERS,
    SEE_QUESTIONNAIRES,
    TIDY_JOB,
)
from kith.questionnaires.queries import answers as queries
from kith.questionnaires.queries.answers import Asked
from kith.web import nav, panels, today

OWN = frozenset({Role.PARTICIPANT, Role.MENTOR})
UNFINISHED = retention.Category(
    key="unfinished_answers",
    title=gettext_lazy("Answers that nobody finished"),
    period=timedelta(days=90),
    grace=timedelta(days=7),
    due=queries.unfinished_before,
    erase=commands.remove_unfinished,
)


def plug_in() -> None:
    """Called once when Django is ready."""
    nav.add_item(
        "questionnaires",
        gettext_lazy("Questionnaires"),
        "questionnaires:index",
        icon="paper",
        order=65,
        visible=lambda actor: has(actor, SEE_QUESTIONNAIRES),
    )
    nav.add_user_item(
        "questionnaires",
        gettext_lazy("My answers"),
        "questionnaires:mine",
        order=25,
        visible=lambda actor: actor.has(*OWN),
    )
    panels.add_panel(
        "programme",
        "questionnaires",
        gettext_lazy("Questionnaires"),
        lambda programme: reverse("questionnaires:programme", args=[programme.pk]),
        visible=lambda actor, _programme: has(actor, SEE_QUESTIONNAIRES),
        order=60,
    )
    panels.add_panel(
        "person",
        "questionnaires",
        gettext_lazy("Questionnaires"),
        lambda person: reverse("questionnaires:person", args=[person.pk]),
        visible=may_see_on_record,
        order=70,
    )
    today.add_source(lines, most=35)
    jobs.on_demand(EXPORT_JOB, gettext_lazy("Write answers into a file"), work.write_file)
    jobs.every(jobs.DAILY, TIDY_JOB, gettext_lazy("Remove old files of answers"), work.tidy)
    retention.register(UNFINISHED)
    events.listen(PersonErased, lambda fact: commands.remove_answers(fact.person_id))
    events.listen(ImportUndoAsked, keep_those_who_answered)


def may_see_on_record(actor: Actor, person: Person) -> bool:
    """Whether this actor sees on someone's record what was asked; one's own page is another."""
    is_sided = person.is_participant or person.is_mentor
    return is_sided and actor.is_staff and has(actor, READ_ANSWERS)


def lines(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Questions that wait for the one who is signed in."""
    if not actor.has(*OWN):
        return
    person = queries.own_record(actor)
    if person is None:
        return
    due = [one for one in queries.asked_of(person, today=day) if one.comes_by_itself]
    for one in due[:2]:
        yield _line(one)


def _line(asked: Asked) -> today.TodayLine:
    title = asked.asking.questionnaire.titled(get_language() or "en")
    return today.TodayLine(
        kind=today.Kind.WRITE,
        what=_("Go on with “%(title)s”") % {"title": title}
        if asked.is_begun
        else _("A few questions: “%(title)s”") % {"title": title},
        why=_("You decide whether you answer. Every answer is kept at once."),
        action_label=_("Go on") if asked.is_begun else _("Look at them"),
        url=reverse("questionnaires:start", args=[asked.asking.pk, asked.occasion.key]),
        weight=35,
    )


def keep_those_who_answered(fact: ImportUndoAsked) -> None:
    """Who has answered something stays when the import is taken back."""
    for person_id in queries.persons_with_answers(list(fact.person_ids)):
        fact.stays.setdefault(person_id, gettext_lazy("has answered questions"))
