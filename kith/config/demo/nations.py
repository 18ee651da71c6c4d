"""Pairs of the demo in other national models: tandems, goals at work, language one to one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kith.config.demo.care import make_checks, set_attention
from kith.config.demo.crowd import Ground
from kith.gate.actor import Actor
from kith.mentoring.models import Match
from kith.papers import commands
from kith.programmes.models import Enrolment, Programme
from kith.programmes.rules import load_template, rules_of


@dataclass(frozen=True)
class Nation:
    """A programme beside the main one. Its pairs began between so many weeks ago."""

    template_key: str
    name: str
    weeks: tuple[int, int]


NATIONS = (
    Nation("au_language_tutor", "Polish, one to one", (4, 16)),
    Nation("de_tandem", "Tandems", (4, 22)),
    Nation("uk_goal_mentor", "Steps to work", (6, 40)),
)
PAIRS = 2

LESSONS = (
    (28, "At the chemist's", "Czy to jest bez recepty?", "Reading the leaflet"),
    (21, "Being late, the time", "Spóźnię się dziesięć minut.", "The timetable of the tram"),
    (14, "A call to the school", "Dzień dobry, dzwonię w sprawie córki.", "The excuse note"),
    (7, "At the post office", "Chciałabym wysłać list polecony.", "Prices and weights"),
)  # fmt: skip
SITUATIONS = (
    ("Calling the school when my child is ill", True),
    ("Talking with my neighbour", False),
)
TICKS = ("greet", "family", "price", "pain")
VOICES = {
    "expectations": ("I want to know people here, not only offices.", "I like to show the town."),
    "giving": ("I cook, and I repair bicycles.", "Two hours a week, and my patience with forms."),
}
STRENGTHS = "I kept the books of a shop for nine years. I am exact, and I like numbers."
MATCHER = ("Jan Mazur, Mosty", "Ask at the office, every Thursday from 16:00")


def make_nations(ground: Ground) -> None:
    """Some running pairs of the main programme belong to other models. All rows in few queries."""
    chosen: dict[str, list[Match]] = {nation.template_key: [] for nation in NATIONS}
    for _round in range(PAIRS):  # one each, then another: few pairs are shared out too
        for nation in NATIONS:
            taken = [match.pk for matches in chosen.values() for match in matches]
            match = _fitting(ground.today, nation).exclude(pk__in=taken).order_by("id").first()
            if match is not None:
                chosen[nation.template_key].append(match)
    for nation in NATIONS:
        if matches := chosen[nation.template_key]:
            opened_on = ground.today - timedelta(weeks=nation.weeks[1] + 12)
            programme = open_of_template(nation.template_key, nation.name, opened_on)
            _move(ground, matches, programme)


def _fitting(today: date, nation: Nation) -> QuerySet[Match]:
    latest, earliest = (today - timedelta(weeks=weeks) for weeks in nation.weeks)
    rows = Match.objects.filter(
        state="active",
        unit="pair",
        started_on__range=(earliest, latest),
        last_meeting_on__gte=today - timedelta(days=14),
        participant__user__isnull=True,
        mentor__user__isnull=True,
    )
    return rows.select_related("participant", "mentor")


def open_of_template(template_key: str, name: str, opened_on: date) -> Programme:
    """A programme as its template comes."""
    template = load_template(template_key)
    return Programme.objects.create(
        template_key=template.key,
        template_version=template.version,
        name=name,
        opened_on=opened_on,
    )


def _move(ground: Ground, matches: list[Match], programme: Programme) -> None:
    weeks = rules_of(programme).length_weeks
    for match in matches:
        match.programme = programme
        if match.started_on is not None:
            match.planned_end_on = match.started_on + timedelta(weeks=weeks)
    Match.objects.bulk_update(matches, ["programme", "planned_end_on"])
    make_checks(ground, programme, matches)
    set_attention(programme, matches, ground.today)
    people = Q(person__in=[match.participant_id for match in matches], side="participant")
    people |= Q(person__in=[match.mentor_id for match in matches], side="mentor")
    Enrolment.objects.filter(people, state="matched").update(programme=programme)


def write_national_papers(actor: Actor, *, today: date, now: datetime) -> None:
    """What stands in the working papers of these pairs: of each model the first has written."""
    writers = {
        "de_tandem": _write_tandem,
        "uk_goal_mentor": _write_goal_sheet,
        "au_language_tutor": _write_lessons,
    }
    for key, write in writers.items():
        rows = Match.objects.filter(programme__template_key=key, state="active")
        match = rows.select_related("programme", "participant", "mentor").order_by("id").first()
        if match is not None:
            write(actor, match, today, now)


def _write_tandem(actor: Actor, match: Match, today: date, now: datetime) -> None:
    paper: dict[str, Any] = {"match": match, "document": "tandem_agreement", "now": now}
    for section, texts in VOICES.items():
        for seen, (person, text) in enumerate(
            zip((match.participant, match.mentor), texts, strict=True)
        ):
            commands.write_voice(
                actor, section=section, voice=person.pk, text=text, seen=seen, **paper
            )
    who, contact = MATCHER
    commands.put_line(
        actor, section="matcher", line=None, values={"who": who, "contact": contact}, **paper
    )


def _write_goal_sheet(actor: Actor, match: Match, today: date, now: datetime) -> None:
    commands.write_text(
        actor,
        match=match,
        document="goal_sheet",
        section="strengths",
        text=STRENGTHS,
        seen=0,
        now=now,
    )


def _write_lessons(actor: Actor, match: Match, today: date, now: datetime) -> None:
    paper: dict[str, Any] = {"match": match, "document": "lesson_log", "now": now}
    for situation, works in SITUATIONS:
        values: dict[str, Any] = {"situation": situation, "works": works}
        commands.put_line(actor, section="wanted", line=None, values=values, **paper)
    for days, practised, sentence, next_time in LESSONS:
        values = {
            "on": (today - timedelta(days=days)).isoformat(),
            "practised": practised,
            "sentence": sentence,
            "next": next_time,
        }
        commands.put_line(actor, section="lessons", line=None, values=values, **paper)
    commands.tick_sentences(actor, section="levels", keys=TICKS, today=today, **paper)
