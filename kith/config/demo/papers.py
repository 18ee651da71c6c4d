"""What stands in the working papers of some demo matches, and a letter for one that has ended."""

from datetime import date, datetime

from kith.gate.actor import Actor
from kith.mentoring.models import Match
from kith.papers import commands
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
LETTER = "I call the doctor myself now. I know my way through town, and I have two friends here."


def write_papers(actor: Actor, *, today: date, now: datetime) -> None:
    """Plans of the newest matches, and the letters of one that has ended."""
    running = Match.objects.filter(state="active").order_by("-id")[:WITH_A_PLAN]
    for number, match in enumerate(running):
        _write_plan(actor, match, number, now=now)
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
