"""Loads the demo programme: staff of every role, people, a year of history."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from kith.accounts.rules import demo_address
from kith.base import scope
from kith.base.models import Organisation
from kith.config.demo import pools
from kith.config.demo.circles import make_circles
from kith.config.demo.crowd import Drawn, Ground, Names, draw_people, moment
from kith.config.demo.history import enrol, make_matches, note_waits
from kith.config.demo.nations import make_nations
from kith.config.demo.present import make_present
from kith.config.demo.questions import answer_questions
from kith.gate.actor import job_actor
from kith.gate.commands import founding, note
from kith.gate.models import Membership, User, login_token
from kith.gate.roles import ROLES, Role
from kith.mentoring.models import Match
from kith.methods.names import tokens
from kith.people.models import Person, Place
from kith.programmes.models import Programme
from kith.programmes.rules import Matcher, arrangement, load_template

BATCH = 2000
MENTORS_PER_PARTICIPANT = 0.6
MATCHED = 0.7
STAFF_NAMES = {
    Role.COORDINATOR: "Ewa Nowicka",
    Role.VOLUNTEER_MATCHER: "Jan Mazur",
    Role.SUPERVISOR: "Barbara Król",
    Role.PLATFORM_ADMINISTRATOR: "Tomasz Dudek",
    Role.DATA_PROTECTION_LEAD: "Helena Sikora",
    Role.SAFEGUARDING_LEAD: "Dorota Baran",
    Role.TRAINER: "Michał Górski",
}


@dataclass(frozen=True)
class Size:
    """How many people, and from which seed everything is drawn."""

    people: int = 160
    seed: int = 1

    @property
    def participants(self) -> int:
        """How many of them ask for a mentor."""
        return round(self.people / (1 + MENTORS_PER_PARTICIPANT))


Progress = Callable[[int, int], None]


def load_demo(
    size: Size, *, today: date, progress: Progress = lambda done, of: None
) -> Organisation:
    """Make an organisation with made-up people; gives it. `progress(done, of)` counts people."""
    organisation = Organisation(
        name="Mosty", country="PL", languages=["pl", "en", "uk"], place="Poznań"
    )
    rng = Random(size.seed)  # noqa: S311 - made-up people, no secrets
    with founding(organisation):
        organisation.save()
        ground = _ground(today, rng)
        programme = _programme(today)
    done = 0
    for participants, mentors in _portions(size):
        with _portion(organisation):
            _load(ground, programme, participants, mentors)
        done += participants + mentors
        progress(done, size.people)
    with founding(organisation):
        circles = make_circles(ground)
        _give_accounts(circles)
        make_nations(ground)
    with scope.entered(organisation.pk):
        askings = make_present(ground, programme, now=moment(today))
    with founding(organisation):
        answer_questions(ground, askings)
    note(job_actor("kith demo", organisation), "demo.loaded", organisation)
    return organisation


def _portions(size: Size) -> Iterator[tuple[int, int]]:
    left, mentors_left = size.participants, size.people - size.participants
    while left or mentors_left:
        participants = min(left, BATCH)
        mentors = mentors_left if left <= BATCH else round(participants * MENTORS_PER_PARTICIPANT)
        mentors = min(mentors, mentors_left)
        yield participants, mentors
        left, mentors_left = left - participants, mentors_left - mentors


@contextmanager
def _portion(organisation: Organisation) -> Iterator[None]:
    with founding(organisation):
        yield
        # The keys of this portion are not needed any more.
        scope.current().opened.clear()


def _ground(today: date, rng: Random) -> Ground:
    places = [Place(name=name, latitude=lat, longitude=lon) for name, lat, lon in pools.PLACES]
    Place.objects.bulk_create(places)
    coordinators = [_member("Ewa Nowicka", Role.COORDINATOR), _member("Adam Lis", Role.COORDINATOR)]
    for role, name in STAFF_NAMES.items():
        if role is not Role.COORDINATOR:
            _member(name, role)
    names = {*STAFF_NAMES.values(), *(str(member.name) for member in coordinators)}
    return Ground(places, coordinators, today, rng, Names(names))


def _member(name: str, role: Role, *, language: str = "en") -> Membership:
    first = name.split(maxsplit=1)[0].lower()
    # In plain Latin letters whatever script the name is written in.
    address = f"{role.value}.{first if first.isascii() else tokens(name)[0]}@example.org"
    # The demo is entered with one click; nobody signs in with an address.
    user = User(language=language)
    user.login = _door(role) or login_token(str(user.pk))
    user.set_unusable_password()
    user.save()
    return Membership.objects.create(user=user, roles=[role.value], name=name, email=address)


def _door(role: Role) -> str | None:
    """The login by which the demo's first page lets someone in; one person for each role."""
    door = login_token(demo_address(role))
    with scope.entered(signing_in=True):
        return None if User.objects.filter(login=door).exists() else door


def _programme(today: date) -> Programme:
    template = load_template("base")
    # Two things that a programme chooses for itself: outcomes of goals, and a volunteer matcher.
    rules = replace(template, goal_scaling=True, matcher=Matcher.VOLUNTEER_MATCHER)
    return Programme.objects.create(
        template_key=template.key,
        template_version=template.version,
        name="Mosty 2026",
        settings=arrangement(rules),
        opened_on=today - timedelta(days=380),
    )


def _load(ground: Ground, programme: Programme, participants: int, mentors: int) -> None:
    asking = draw_people(ground, participants, mentors=False)
    offering = draw_people(ground, mentors, mentors=True)
    pairs = _pairs(ground, asking, offering)
    matches = make_matches(ground, programme, pairs)
    enrol(programme, asking, side="participant", matches=matches)
    enrol(programme, offering, side="mentor", matches=matches)
    note_waits(programme, matches, asking)


def _pairs(ground: Ground, asking: list[Drawn], offering: list[Drawn]) -> list[tuple[Drawn, Drawn]]:
    """Who came first is matched first; the newest wait, and some mentors are still free."""
    early = sorted(asking, key=lambda one: one.came_on)
    free = sorted(offering, key=lambda one: one.came_on)
    count = min(round(len(free) * MATCHED), len(early))
    return list(zip(early[:count], free[:count], strict=True))


def _give_accounts(circles: list[Match]) -> None:
    """One person of each role outside the office signs in too: a mentor, a participant …"""
    pair = _liveliest_pair()
    if circles:
        pair[Role.GROUP_LEAD] = circles[0].mentor
    outside = [role for role in ROLES if role not in STAFF_NAMES]
    known = [person.pk for person in pair.values()]
    free = Person.objects.filter(is_mentor=True).exclude(pk__in=known)
    others = iter(free.order_by("-last_event_at")[: len(outside)])
    for role in outside:
        person = pair.get(role) or next(others, None)
        if person is not None:
            member = _member(str(person.name), role, language=person.language)
            person.user = member.user
            person.save()


def _liveliest_pair() -> dict[Role, Person]:
    pairs = Match.objects.filter(state="active", unit="pair")
    pairs = pairs.select_related("participant", "mentor").order_by("-last_event_at")
    match = pairs.filter(participant__language="ar").first() or pairs.first()
    if match is None:
        return {}
    return {Role.PARTICIPANT: match.participant, Role.MENTOR: match.mentor}
