"""A welcome group and a family circle with their history: people of the demo who were free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kith.base import vault
from kith.config.demo import pools
from kith.config.demo.care import make_checks, set_attention
from kith.config.demo.crowd import Ground, moment
from kith.config.demo.nations import open_of_template
from kith.consent.models import Consent
from kith.mentoring.models import Goal, GoalStep, Match, MatchMember, Meeting, Signature, Talk
from kith.people.models import (
    Children,
    Family,
    FamilyMember,
    Group,
    GroupMember,
    MentorCheck,
    MentorProfile,
    Person,
    note_checks,
)
from kith.people.rules import GROUP_ROLES, Side
from kith.programmes.models import Enrolment, Programme, note_standing
from kith.programmes.rules import PlaceState, rules_of
from kith.progress.rules import all_domains
from kith.rota.queries.lists import has_rota

DOMAINS = [domain.key for domain in all_domains()]


@dataclass(frozen=True)
class Plan:
    """A group to make: its programme and name, who does what, and since when it goes.

    left  how many weeks after the beginning the last but one handed over the place; 0 for nobody
    """

    template_key: str
    programme: str
    name: str
    roles: Sequence[str]
    weeks: int
    every_weeks: int
    left: int
    children: dict[str, int]


WELCOME = Plan(
    "ca_welcome_group",
    "Welcome to Poznań",
    "Welcome group Jeżyce",
    ("housing", "money", "health", "school", "transport"),
    weeks=24,
    every_weeks=1,
    left=11,
    children={"3-6": 1, "7-12": 2},
)
CIRCLE = Plan(
    "se_buddy",
    "Family circles",
    "Circle Wilda",
    ("contact", "calendar", "language", "local_guide"),
    weeks=13,
    every_weeks=4,
    left=0,
    children={"0-2": 1},
)


LEFT_FOR_A_ROUND = 6
NEXT_GROUP = "Welcome group Wilda"


def make_circles(ground: Ground) -> list[Match]:
    """Make both, as far as enough people are free; then a group and a family that may begin."""
    made = [match for plan in (WELCOME, CIRCLE) if (match := _make(ground, plan)) is not None]
    if made:
        _make_next(ground, made[0].programme)
    return made


def _make_next(ground: Ground, programme: Programme) -> None:
    """A ready-made group, of which one has a paper to bring, and a family on the waiting list."""
    volunteers, adults = _free("mentor", len(WELCOME.roles)), _free("participant", 2)
    if not volunteers or not adults:
        return
    _give_papers(ground, volunteers)
    MentorCheck.objects.filter(person=volunteers[-1], kind="money_rules").delete()
    _make_family(adults, {"3-6": 1})
    _group(volunteers, NEXT_GROUP, WELCOME.roles)
    Enrolment.objects.filter(person__in=[*volunteers, adults[0]]).update(programme=programme)


def _make(ground: Ground, plan: Plan) -> Match | None:
    volunteers = _free("mentor", len(plan.roles) + (1 if plan.left else 0))
    adults = _free("participant", 2)
    if not volunteers or not adults:
        return None
    programme = _programme(ground, plan)
    _give_papers(ground, volunteers)
    _make_family(adults, plan.children)
    here = volunteers[: len(plan.roles)]
    group = _group(here, plan.name, plan.roles)
    match = _match(ground, programme, plan, adults[0], here[0], group)
    members = _members(ground, match, plan, adults, volunteers)
    _enrol(ground, programme, match, members)
    _make_history(ground, match, members, plan)
    for person in (*adults, *volunteers):
        person.last_event_at = max(person.last_event_at, match.last_event_at)
        person.responsible = ground.coordinators[0]
    Person.objects.bulk_update([*adults, *volunteers], ["last_event_at", "responsible"])
    return match


def _free(side: str, number: int) -> list[Person]:
    """The newest people on the waiting list, as many as are needed; none when too few would be
    left for a round."""
    agreed = Consent.objects.filter(purpose="mentoring", state="given")
    rows = Enrolment.objects.filter(side=side, state="waiting", person__in=agreed.values("person"))
    rows = rows.select_related("person").order_by("-waiting_since", "-id")
    found = [row.person for row in rows[: number + LEFT_FOR_A_ROUND]]
    return found[:number] if len(found) == number + LEFT_FOR_A_ROUND else []


def _programme(ground: Ground, plan: Plan) -> Programme:
    opened_on = ground.today - timedelta(weeks=plan.weeks + 8)
    return open_of_template(plan.template_key, plan.programme, opened_on)


def _give_papers(ground: Ground, volunteers: list[Person]) -> None:
    """What a welcome group needs beyond the usual: papers on money, and on children."""
    done_on = ground.today - timedelta(days=200)
    kinds = ("identity", "interview", "record_check", "code_of_conduct")
    keys = [person.pk for person in volunteers]
    MentorCheck.objects.filter(person__in=keys, kind__in=kinds).delete()
    MentorCheck.objects.bulk_create(
        MentorCheck(
            person=person,
            kind=kind,
            done_on=done_on,
            valid_until=ground.today + timedelta(days=160),
            seen_by=ground.coordinators[0],
        )
        for person in volunteers
        for kind in (*kinds, "conflict_of_interest", "money_rules")
    )
    MentorProfile.objects.filter(person__in=keys).update(
        trained_on=done_on, trained_until=ground.today + timedelta(days=500), paused_until=None
    )
    note_checks(keys)


def _make_family(adults: list[Person], children: dict[str, int]) -> None:
    label = str(adults[0].name).split()[-1]
    family: Family = Family.objects.create(label=label)
    FamilyMember.objects.bulk_create(FamilyMember(family=family, person=one) for one in adults)
    Children.objects.bulk_create(
        Children(family=family, age_band=band, count=count) for band, count in children.items()
    )


def _group(volunteers: list[Person], name: str, roles: Sequence[str]) -> Group:
    group: Group = Group.objects.create(name=name, lead=volunteers[0])
    GroupMember.objects.bulk_create(
        GroupMember(group=group, person=person, role=role if role in GROUP_ROLES else "")
        for person, role in zip(volunteers, roles, strict=True)
    )
    return group


def _match(
    ground: Ground, programme: Programme, plan: Plan, first: Person, lead: Person, group: Group
) -> Match:
    started_on = ground.today - timedelta(weeks=plan.weeks)
    started_on += timedelta(days=(2 - started_on.weekday()) % 7)
    agreed_on = started_on - timedelta(days=9)
    match = Match(
        programme=programme,
        participant=first,
        mentor=lead,
        unit="group",
        group=group,
        state="active",
        agreed_on=agreed_on,
        started_on=started_on,
        planned_end_on=started_on + timedelta(weeks=rules_of(programme).length_weeks),
        talks_from=agreed_on,
        last_event_at=moment(agreed_on),
    )
    match.save()
    vault.make_keys([(match.pk, "mentoring")])
    return match


def _members(
    ground: Ground, match: Match, plan: Plan, adults: list[Person], volunteers: list[Person]
) -> list[MatchMember]:
    since = match.agreed_on
    rows = [_member(match, one, Side.PARTICIPANT, since, []) for one in adults]
    rows += [
        _member(match, one, Side.MENTOR, since, [role])
        for one, role in zip(volunteers, plan.roles, strict=False)
    ]
    if plan.left:
        gone, day = rows[-2], since + timedelta(weeks=plan.left)
        gone.until, gone.leave_reason = day, "handed_over"
        new = _member(match, volunteers[-1], Side.MENTOR, day, list(gone.roles))
        new.instead_of = gone
        rows.append(new)
    MatchMember.objects.bulk_create(rows)
    return rows


def _member(match: Match, person: Person, side: Side, since: date, roles: list[str]) -> MatchMember:
    return MatchMember(match=match, person=person, side=side.value, since=since, roles=roles)


def _enrol(ground: Ground, programme: Programme, match: Match, members: list[MatchMember]) -> None:
    """Their places move to this programme; whoever left has one free again."""
    for row in members:
        place = Enrolment.objects.get(person=row.person, side=row.side, ended_on__isnull=True)
        place.programme = programme
        place.state = PlaceState.WAITING if row.until else PlaceState.MATCHED
        place.waiting_since = min(place.waiting_since, match.agreed_on)
        place.save()
    note_standing(row.person_id for row in members)


def _make_history(ground: Ground, match: Match, members: list[MatchMember], plan: Plan) -> None:
    here = [row for row in members if row.until is None]
    _meet(ground, match, plan)
    Signature.objects.bulk_create(
        Signature(
            match=match,
            person=row.person,
            text_version="1",
            language=row.person.language,
            signed_on=max(row.since, match.started_on or row.since),
            kind="typed",
            signature=str(row.person.name),
        )
        for row in here
    )
    _set_goals(ground, match)
    _talk(ground, match)
    match.save()
    make_checks(ground, match.programme, [match])
    set_attention(match.programme, [match], ground.today)


def _meet(ground: Ground, match: Match, plan: Plan) -> None:
    first = match.started_on or ground.today
    days = [
        first + timedelta(weeks=week)
        for week in range(0, plan.weeks + 1, plan.every_weeks)
        if first + timedelta(weeks=week) < ground.today
    ]
    Meeting.objects.bulk_create(
        Meeting(
            match=match,
            state="held",
            held_on=day,
            minutes=(90, 120, 90, 60)[number % 4],
            way="in_person",
            topics=[DOMAINS[(3 + number) % 8], DOMAINS[(number * 2) % 8]][: 1 + number % 2],
            next_step=pools.NEXT_STEPS[number % len(pools.NEXT_STEPS)],
        )
        for number, day in enumerate(days)
    )
    match.last_meeting_on = days[-1]
    match.last_event_at = moment(days[-1], 18)
    if has_rota(match):
        return  # the rota says who comes when
    next_on = days[-1] + timedelta(weeks=plan.every_weeks)
    while next_on <= ground.today:
        next_on += timedelta(weeks=1)
    match.next_meeting_at = moment(next_on, 17)
    Meeting.objects.create(
        match=match, state="planned", planned_at=match.next_meeting_at, way="in_person"
    )


def _set_goals(ground: Ground, match: Match) -> None:
    for number, domain in enumerate(("housing", "health", "learning")):
        goal = Goal.objects.create(
            match=match,
            domain=domain,
            title=pools.GOALS[domain][number % len(pools.GOALS[domain])],
            chosen_by="participant",
            due_on=ground.today + timedelta(days=30 + 20 * number),
            state="active",
        )
        GoalStep.objects.bulk_create(
            GoalStep(
                goal=goal,
                match=match,
                text=pools.STEPS[(2 * number + place) % len(pools.STEPS)],
                who=("participant", "mentor")[place],
                done_on=ground.today - timedelta(days=20) if place == 0 else None,
                place=place,
            )
            for place in (0, 1)
        )


def _talk(ground: Ground, match: Match) -> None:
    day = ground.today - timedelta(days=6)
    match.participant_talk_on = match.mentor_talk_on = day
    Talk.objects.bulk_create(
        Talk(match=match, side=side.value, on=day, way="call", reached=True) for side in Side
    )
