"""The care for matches of the demo: talks with each side, six statements, supervision."""

import json
from datetime import date, timedelta

from kith.config.demo.crowd import Ground
from kith.mentoring.models import (
    Attendance,
    Match,
    MentorCare,
    RelationshipCheck,
    Supervision,
    Talk,
)
from kith.mentoring.queries.dates import dates_of
from kith.mentoring.rules.attention import care_of
from kith.mentoring.rules.checks import check_texts
from kith.mentoring.rules.mentors import (
    MentorDates,
    MentorRules,
    rules_for,
    supervise_on,
    themes,
)
from kith.mentoring.rules.rising import ahead
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.programmes.rules import WeekRhythm, due_weeks, rules_of

WEEKS = 26
FORGOTTEN = 12
IN_A_GROUP = 8


def make_talks(ground: Ground, programme: Programme, matches: list[Match]) -> None:
    """The coordinator's talks with each side; here and there the last one is still to come."""
    rhythm, talks = rules_of(programme).coordinator_contact, []
    for number, match in enumerate(matches):
        match.talks_from = match.agreed_on
        for side in Side:
            missing = 1 if number % FORGOTTEN == 0 and side is Side.PARTICIPANT else 0
            days = _talk_days(ground, match, rhythm)
            kept = days[: len(days) - missing]
            talks += [_talk(match, side, day) for day in kept]
            setattr(match, f"{side.value}_talk_on", max(kept, default=None))
    Talk.objects.bulk_create(talks, batch_size=5000)


def _talk_days(ground: Ground, match: Match, rhythm: WeekRhythm) -> list[date]:
    if match.started_on is None:
        return []
    weeks = due_weeks(rhythm, until_week=WEEKS)
    days = [match.started_on + timedelta(days=7 * (week - 1) + 3) for week in weeks]
    return [day for day in days if day <= (match.closed_on or ground.today)]


def make_checks(ground: Ground, programme: Programme, matches: list[Match]) -> None:
    """Both sides answered the statements of the weeks that are over; some still may."""
    checks = []
    known = RelationshipCheck.objects.filter(match__in=[match.pk for match in matches])
    answered = set(known.values_list("match", "side", "week"))
    for number, match in enumerate(matches):
        for week in rules_of(programme).relationship_check_weeks:
            last = (match.closed_on or ground.today) - timedelta(days=4)
            day = match.started_on + timedelta(weeks=week - 1, days=2) if match.started_on else last
            if match.started_on is None or day > last:
                break
            forgot = len(matches) > FORGOTTEN and number % FORGOTTEN == 1
            sides = [Side.MENTOR] if forgot else list(Side)
            checks += [
                _check(match, side, week, day)
                for side in sides
                if (match.pk, side.value, week) not in answered
            ]
    RelationshipCheck.objects.bulk_create(checks, batch_size=5000)


def _check(match: Match, side: Side, week: int, day: date) -> RelationshipCheck:
    answers = {one.key: "yes" for one in check_texts().of(side)} | {"useful": "mostly"}
    return RelationshipCheck(
        match=match,
        side=side.value,
        week=week,
        answered_on=day,
        text_version=check_texts().version,
        answers=json.dumps(answers, sort_keys=True),
    )


def _talk(match: Match, side: Side, day: date) -> Talk:
    return Talk(match=match, side=side.value, on=day, way="call", reached=True)


def set_attention(programme: Programme, matches: list[Match], today: date) -> None:
    """The days on which each running match asks for something, by the rules of its programme."""
    rules = rules_of(programme)
    running = [match for match in matches if match.state != "closed"]
    dates = dates_of(running)
    for match in running:
        days = ahead(dates[match.pk], care_of(rules, match.unit), today=today)
        match.attention_on, match.call_on = days.attention_on, days.call_on
        match.remind_on = days.remind_on
    fields = ["attention_on", "call_on", "remind_on", "talks_from"]
    fields += [f"{side.value}_talk_on" for side in Side]
    Match.objects.bulk_update(matches, fields, batch_size=2000)


def make_supervision(ground: Ground, programme: Programme, matches: list[Match]) -> None:
    """Groups of mentors had supervision within the last weeks; a few have waited too long."""
    plan = rules_of(programme)
    rules = rules_for([plan])
    assert rules is not None  # noqa: S101 - one programme has rules
    running = [match for match in matches if match.state != "closed"]
    sessions, invited, cares = [], [], []
    for first in range(0, len(running), IN_A_GROUP):
        part = running[first : first + IN_A_GROUP]
        held_on = ground.today - timedelta(days=ground.rng.randint(4, 40))
        session = Supervision(
            form="group",
            state="held",
            held_on=held_on,
            minutes=90,
            themes=ground.rng.sample([one.key for one in themes()], 2),
        )
        sessions.append(session)
        for number, match in enumerate(part):
            came = match.agreed_on <= held_on and number != 1
            if match.agreed_on <= held_on:
                invited.append(Attendance(supervision=session, mentor=match.mentor, came=came))
            cares.append(_mentor_care(match, held_on if came else None, rules, plan.supervision))
    Supervision.objects.bulk_create(sessions, batch_size=5000)
    Attendance.objects.bulk_create(invited, batch_size=5000)
    MentorCare.objects.bulk_create(cares, batch_size=5000)


def _mentor_care(
    match: Match, supervised_on: date | None, rules: MentorRules, rhythm: WeekRhythm
) -> MentorCare:
    since = match.agreed_on
    dates = MentorDates(since, supervised_on, None, (since,), rhythms=((since, rhythm),))
    return MentorCare(
        person=match.mentor,
        since=since,
        supervised_on=supervised_on,
        running=1,
        supervise_on=supervise_on(dates, rules),
    )
