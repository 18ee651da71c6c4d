"""What stands in the working papers of some demo matches, and a letter for one that has ended."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from kith.gate.actor import Actor
from kith.mentoring.models import Match
from kith.papers import commands
from kith.papers.models import Writing
from kith.papers.rules.letters import LetterKind

WITH_A_PLAN = 6
DOCUMENT = "mentoring_plan"
MATTERS = (
    "I want to understand the letters from the school, and to know whom to call.",
    "Work first. I was an electrician and would like to be one again.",
    "My daughter should have friends here. I want to speak with the other parents.",
)
OTHERS = (
    ("Library at Jeżyce", "A quiet place to learn, and the reading group", "Open Monday to Friday"),
    ("Office for foreigners", "The residence card", "Appointment on the web page"),
    ("Ms Zielińska, class teacher", "Questions about school", "Tuesday after three"),
)
CIRCLE_DAYS = (
    (9, "16:00:00", "We bake together", "At the family's home", "Everybody one thing for the cake"),
    (23, "11:00:00", "Walk to the zoo with the little one", "Old zoo, main gate", "A pram, tea"),
    (37, "17:00:00", "Games evening", "Library at Wilda", "A game from home"),
)
LETTER = "I call the doctor myself now. I know my way through town, and I have two friends here."


def write_papers(actor: Actor, *, today: date, now: datetime) -> None:
    """Plans of the newest matches, and the letters of one that has ended."""
    running = Match.objects.filter(state="active", programme__template_key="base").order_by("-id")
    for number, match in enumerate(running[:WITH_A_PLAN]):
        _write_plan(actor, match, number, now=now)
    circles = Match.objects.filter(unit="group", state="active", programme__template_key="se_buddy")
    for match in circles:
        _write_circle_plan(actor, match, now=now)
    ended = Match.objects.filter(state="closed").order_by("id").first()
    if ended is not None:
        _make_letters(actor, ended, today=today)


def _write_plan(actor: Actor, match: Match, number: int, *, now: datetime) -> None:
    commands.write_text(
        actor,
        match=match,
        document=DOCUMENT,
        section="matters",
        text=MATTERS[number % len(MATTERS)],
        seen=0,
        now=now,
    )
    who, what_for, contact = OTHERS[number % len(OTHERS)]
    commands.put_line(
        actor,
        match=match,
        document=DOCUMENT,
        section="others",
        line=None,
        values={"who": who, "what_for": what_for, "contact": contact},
        now=now,
    )


def _write_circle_plan(actor: Actor, match: Match, *, now: datetime) -> None:
    """Three days before the circle; the first of them is a meeting already."""
    paper: dict[str, Any] = {"match": match, "document": "circle_plan", "section": "calendar"}
    day = timezone.localdate(now)
    for days, at, what, place, brings in CIRCLE_DAYS:
        commands.put_line(
            actor,
            line=None,
            values={
                "on": (day + timedelta(days=days)).isoformat(),
                "at": at,
                "what": what,
                "place": place,
                "brings": brings,
            },
            now=now,
            **paper,
        )
    written = Writing.objects.filter(match=match, section="calendar").order_by("-number").first()
    if written is not None:
        first = written.content["rows"][0]["id"]
        commands.plan_line(actor, line=first, minutes=120, now=now, **paper)


def _make_letters(actor: Actor, match: Match, *, today: date) -> None:
    for person, kind, words in (
        (match.participant, LetterKind.ACHIEVEMENT, LETTER),
        (match.mentor, LetterKind.THANKS, "Thank you for your patience on every Tuesday."),
        (match.mentor, LetterKind.SERVICE, ""),
    ):
        commands.make_letter(
            actor,
            match=match,
            person=person,
            kind=kind,
            language="en",
            words=words,
            goals=[],
            today=today,
        )
