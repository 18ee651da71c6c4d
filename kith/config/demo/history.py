"""What happened to the made-up people: enrolments, matches, agreements, meetings, goals, maps."""

from datetime import date, timedelta

from kith.base import vault
from kith.config.demo import pools
from kith.config.demo.care import WEEKS, make_checks, make_supervision, make_talks, set_attention
from kith.config.demo.crowd import Drawn, Ground, moment
from kith.config.demo.goals import DOMAINS, make_goals
from kith.mentoring.models import (
    Match,
    MatchMember,
    Meeting,
    Signature,
)
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.models import Enrolment, Programme, Wait, note_standing
from kith.progress.models import DomainMap, DomainStep
from kith.progress.rules import Step

SOME_END = 9
FIRST_MAP = 2
SOME_WAIT = 7
EARLY = ("moved_away", "no_time", "wish_of_participant", "no_contact")
WAYS = ("in_person", "in_person", "in_person", "video", "phone")
STEPS = [step.value for step in Step]


def enrol(programme: Programme, drawn: list[Drawn], *, side: str, matches: list[Match]) -> None:
    """Give everyone a place in the programme; what it says follows from their matches."""
    of_side = {getattr(match, f"{side}_id"): match for match in matches}
    rows = [
        Enrolment(
            programme=programme,
            person=one.person,
            side=side,
            waiting_since=one.came_on,
            **_place(of_side.get(one.person.pk), side),
        )
        for one in drawn
    ]
    Enrolment.objects.bulk_create(rows, batch_size=5000)
    note_standing(row.person_id for row in rows)


def note_waits(programme: Programme, matches: list[Match], drawn: list[Drawn]) -> None:
    """How long each of those who found a match had waited."""
    came_on = {one.person.pk: one.came_on for one in drawn}
    Wait.objects.bulk_create(
        [
            Wait(
                programme=programme,
                side="participant",
                over_on=match.agreed_on,
                days=(match.agreed_on - came_on[match.participant_id]).days,
            )
            for match in matches
        ],
        batch_size=5000,
    )


def _place(match: Match | None, side: str) -> dict[str, object]:
    if match is None:
        return {"state": "waiting"}
    if match.state != "closed":
        return {"state": "matched"}
    # After a good ending a mentor is free again; a participant's place has ended.
    if side == "mentor":
        return {"state": "waiting"}
    return {"state": "ended", "ended_on": match.closed_on}


def make_matches(
    ground: Ground, programme: Programme, pairs: list[tuple[Drawn, Drawn]]
) -> list[Match]:
    """Matches with a history, in bulk. People's last events move along."""
    matches = [_match(ground, programme, pair) for pair in pairs]
    vault.make_keys([(match.pk, "mentoring") for match in matches])
    vault.make_keys([(match.participant_id, "mentoring") for match in matches])
    meetings = [meeting for match in matches for meeting in _meetings(ground, match)]
    Match.objects.bulk_create(matches, batch_size=5000)
    MatchMember.objects.bulk_create(
        [member for match in matches for member in _members(match)], batch_size=5000
    )
    Meeting.objects.bulk_create(meetings, batch_size=5000)
    Signature.objects.bulk_create(
        [signature for match in matches for signature in _signatures(match)], batch_size=5000
    )
    make_goals(ground, matches)
    _make_maps(ground, matches)
    make_talks(ground, programme, matches)
    make_checks(ground, programme, matches)
    set_attention(programme, matches, ground.today)
    make_supervision(ground, programme, matches)
    _move_people(matches)
    return matches


def _match(ground: Ground, programme: Programme, pair: tuple[Drawn, Drawn]) -> Match:
    participant, mentor = pair
    rng = ground.rng
    earliest = max(participant.came_on, mentor.came_on)
    agreed_on = min(earliest + timedelta(days=rng.randint(5, 40)), ground.today)
    # A few have said yes a while ago and have not met yet.
    started_on = agreed_on + timedelta(days=rng.choices((7, 10, 60), (6, 6, 1))[0])
    match = Match(
        programme=programme,
        participant=participant.person,
        mentor=mentor.person,
        state="active",
        agreed_on=agreed_on,
        started_on=started_on,
        planned_end_on=started_on + timedelta(weeks=WEEKS),
        last_event_at=moment(agreed_on),
    )
    early_on = _early_end(agreed_on, started_on)
    if started_on > ground.today:
        match.state, match.started_on = "starting", None
    elif early_on is not None and early_on < ground.today:
        match.state, match.closed_on = "closed", early_on
        match.close_reason = EARLY[agreed_on.toordinal() % len(EARLY)]
    elif match.planned_end_on and match.planned_end_on < ground.today - timedelta(days=14):
        match.state, match.closed_on = "closed", match.planned_end_on
        match.close_reason = "planned_end"
    return match


def _early_end(agreed_on: date, started_on: date) -> date | None:
    """Some matches end before their time, for ordinary reasons."""
    number = agreed_on.toordinal()
    return started_on + timedelta(days=40 + number % 70) if number % SOME_END == 0 else None


def _meetings(ground: Ground, match: Match) -> list[Meeting]:
    rng = ground.rng
    if match.started_on is None:
        return []
    last_day = match.closed_on or ground.today
    # Some pairs have fallen silent; they are the ones a coordinator must see.
    if match.state == "active" and rng.random() < 0.12:
        last_day -= timedelta(days=rng.randint(22, 45))
    rows, day = [], match.started_on
    while day <= last_day:
        rows.append(_meeting(ground, match, day))
        day += timedelta(days=rng.choice((7, 7, 7, 8, 14)))
    held = [row.held_on for row in rows if row.held_on]
    match.last_meeting_on = max(held, default=None)
    if match.last_meeting_on:
        match.last_event_at = moment(match.last_meeting_on, 18)
    if match.state == "active" and rows and rng.random() < 0.7 and last_day == ground.today:
        rows.append(_planned(ground, match))
    return rows


def _meeting(ground: Ground, match: Match, day: date) -> Meeting:
    rng = ground.rng
    if rng.random() < 0.07:
        state = rng.choice(("missed", "cancelled"))
        return Meeting(match=match, state=state, planned_at=moment(day, 17))
    return Meeting(
        match=match,
        state="held",
        held_on=day,
        minutes=rng.choice((45, 60, 60, 75, 90, 120)),
        way=rng.choice(WAYS),
        topics=rng.sample(DOMAINS, rng.randint(1, 2)),
        next_step=rng.choice(pools.NEXT_STEPS),
    )


def _planned(ground: Ground, match: Match) -> Meeting:
    at = moment(ground.today + timedelta(days=ground.rng.randint(1, 9)), 17)
    match.next_meeting_at = at
    return Meeting(match=match, state="planned", planned_at=at, way="in_person")


def _members(match: Match) -> list[MatchMember]:
    sides = ((Side.PARTICIPANT, match.participant), (Side.MENTOR, match.mentor))
    return [
        MatchMember(match=match, person=person, side=side.value, since=match.agreed_on)
        for side, person in sides
    ]


def _signatures(match: Match) -> list[Signature]:
    if match.started_on is None:
        return []
    return [
        Signature(
            match=match,
            person=person,
            text_version="1",
            language=person.language,
            signed_on=match.started_on,
            kind="typed",
            signature=str(person.name),
        )
        for person in (match.participant, match.mentor)
    ]


def _make_maps(ground: Ground, matches: list[Match]) -> None:
    """Most look again in the weeks of the programme; a few have not yet, and are asked."""
    maps, steps = [], []
    for number, match in enumerate(matches):
        if match.started_on is None:
            continue
        places = {domain: ground.rng.randint(0, 2) for domain in DOMAINS}
        for week in (FIRST_MAP, 12, 24):
            made_on = match.started_on + timedelta(weeks=week)
            if made_on > min(ground.today, match.closed_on or ground.today):
                break
            domain_map = DomainMap(person=match.participant, made_on=made_on, week=week)
            drawn = [_step(ground, domain_map, domain, places) for domain in DOMAINS]
            if week > FIRST_MAP and number % SOME_WAIT == 0:
                continue
            match.looked_on = made_on
            maps.append(domain_map)
            steps += drawn
    Match.objects.bulk_update(matches, ["looked_on"], batch_size=5000)
    DomainMap.objects.bulk_create(maps, batch_size=5000, ignore_conflicts=True)
    DomainStep.objects.bulk_create(steps, batch_size=5000, ignore_conflicts=True)


def _step(ground: Ground, domain_map: DomainMap, domain: str, places: dict[str, int]) -> DomainStep:
    chosen = STEPS[min(places[domain], len(STEPS) - 1)]
    places[domain] += ground.rng.choice((0, 0, 1, 1, 2))
    return DomainStep(
        domain_map=domain_map,
        person=domain_map.person,
        domain=domain,
        step=chosen,
        words=ground.rng.choice(pools.OWN_WORDS) if ground.rng.random() < 0.25 else "",
    )


def _move_people(matches: list[Match]) -> None:
    people: dict[object, Person] = {}
    for match in matches:
        for person in (match.participant, match.mentor):
            person.last_event_at = max(person.last_event_at, match.last_event_at)
            people[person.pk] = person
    Person.objects.bulk_update(list(people.values()), ["last_event_at"], batch_size=5000)
