"""Going from holder to holder of marks finds what reading them all finds, in fewer steps."""

from datetime import UTC, date, datetime
from importlib import import_module
from random import Random
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.base import permit, scope
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.services import commands
from kith.services.commands.entries import Put, put_documents
from kith.services.models import Mark, Opening, Service
from kith.services.queries import search, walking
from kith.services.queries.search import Asked
from kith.services.rules.facts import asked_marks, mark
from kith.services.rules.writing import Written
from kith.services.tests.factories import document, entry, open_on

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
FREE = {"fees_description": "Free"}
QUESTIONS = [
    {"words": "warm"},
    {"words": "door warm"},
    {"words": "do wa", "need": "housing"},
    {"need": "rights", "language": "uk", "is_free": True},
    {"words": "table", "language": "pl", "when": search.NOW},
    {"need": "housing", "when": search.WEEKEND},
    {"words": "nowhere", "need": "housing"},
]


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


def put(actor, *documents) -> list[Service]:
    with permit.lifted():
        return put_documents(actor.organisation_id, [Put(one) for one in documents])


@pytest.fixture
def many(ewa) -> list[Service]:
    """Names that many share, names that begin alike, and some of each that nothing finds."""
    rng = Random(8)  # noqa: S311 - not a secret
    return put(ewa, *[a_document(rng) for _number in range(150)])


def a_document(rng: Random) -> dict[str, object]:
    language = rng.choice(["uk", "pl"])
    days = rng.choice(["MO", "TU,SA"])
    return document(
        rng.choice(["Warm", "Warm", "Quiet", "Wide"]) + rng.choice([" door", " table", ""]),
        need=rng.choice(["housing", "rights"]),
        status=rng.choice(["active", "active", "active", "defunct"]),
        languages=[{"id": f"0b6b4a0e-9999-4999-8999-9999999999{language}", "code": language}],
        **rng.choice([FREE, {}]),
        **open_on(days, "09:00", rng.choice(["11:00", "17:00"])),
    )


def part_by_part(actor, **asked) -> list[UUID]:
    seen, after = [], ""
    while True:
        part = search.find(actor, Asked(**asked), now=MONDAY_NOON, after=after)
        seen += [hit.service.pk for hit in part.hits]
        after = part.after
        if not after:
            return seen


def read_as_a_whole(**asked) -> list[UUID]:
    rows = Service.objects.filter(state="open")
    for group in search._groups(Asked(**asked)):
        rows = rows.filter(pk__in=Mark.objects.filter(mark__in=group).values("service_id"))
    if asked.get("when") == search.NOW:
        noon = Opening.objects.filter(weekday=0, opens__lte=720, closes__gt=720)
        rows = rows.filter(pk__in=noon.values("service_id"))
    return list(rows.order_by("sort_key", "id").values_list("pk", flat=True))


@pytest.mark.parametrize("steps", [0, 12, 10_000])
@pytest.mark.parametrize("asked", QUESTIONS)
def test_a_walk_finds_part_by_part_what_reading_all_finds(
    ewa, many, monkeypatch, asked, steps
) -> None:
    monkeypatch.setattr(search, "AT_ONCE", 3)
    monkeypatch.setattr(search, "MOST_RARE", 10)
    monkeypatch.setattr(walking, "MOST_STEPS", steps)

    whole = read_as_a_whole(**asked)

    assert part_by_part(ewa, **asked) == whole
    assert bool(whole) == ("nowhere" not in asked.get("words", ""))


@pytest.mark.parametrize("steps", [0, 10_000])
def test_a_service_stands_where_its_new_name_belongs(ewa, many, monkeypatch, steps) -> None:
    monkeypatch.setattr(walking, "MOST_STEPS", steps)
    first = entry(ewa.organisation, "Aardvark", need="health")
    entry(ewa.organisation, "Middle", need="health")
    written = Written("Zebra", "Fundacja", needs=("health",))

    commands.write_entry(ewa, written=written, service=first, today=date(2026, 11, 2))

    found = search.find(ewa, Asked(need="health"), now=MONDAY_NOON)
    assert [hit.service.name for hit in found.hits] == ["Middle", "Zebra"]
    assert [row.name for row in search.find_by_words(ewa, "fundacja", 200)][-1] == "Zebra"


def test_each_mark_holds_the_order_of_its_service(ewa, many) -> None:
    put(ewa, document("Yellow", id=many[0].hsds_id))

    orders = set(Mark.objects.values_list("service_id", "sort_key"))

    assert orders == set(Service.objects.values_list("pk", "sort_key"))


# ── How far ──────────────────────────────────────────────────────────────────────────────────────


def walked(actor, marks, *, limit=21, most=1000) -> list[UUID] | None:
    rows = search.services(actor).filter(state="open")
    return walking.first_holders(
        actor.organisation_id, marks, rows, after=None, limit=limit, most=most
    )


def test_a_page_takes_as_many_steps_as_it_has_lines(ewa) -> None:
    put(ewa, *[document(f"Office {number}") for number in range(60)])

    assert len(walked(ewa, asked_marks("office"), most=22) or []) == 21
    assert walked(ewa, asked_marks("office"), limit=22, most=22) is None


def test_what_no_other_mark_holds_is_leapt_over(ewa) -> None:
    begins = ["Warm advice"] * 30 + ["Cold door"] * 30 + ["Warm door"] * 3 + ["Warm table"] * 30
    put(ewa, *[document(name) for name in begins])

    keys = walked(ewa, asked_marks("warm door"), most=12) or []

    assert [row.name for row in Service.objects.filter(pk__in=keys)] == ["Warm door"] * 3


def test_where_marks_hardly_meet_the_walk_gives_up(ewa) -> None:
    for number in range(10):
        put(ewa, document(f"Office {number}", need=["housing", "rights"][number % 2]))
    marks = [mark("need", "housing"), mark("need", "rights")]

    assert walked(ewa, marks, most=5) is None
    assert walked(ewa, marks) == []


def test_hours_at_which_few_are_open_are_read_first(ewa, many, monkeypatch) -> None:
    asked = Asked(words="warm", when=search.NOW)

    def is_walked(most: int) -> bool:
        monkeypatch.setattr(search, "MOST_RARE", most)
        with CaptureQueriesContext(connection) as counted:
            assert search.find(ewa, asked, now=MONDAY_NOON).hits != []
        return "RECURSIVE" in str(counted.captured_queries)

    assert [is_walked(most) for most in (10, 1000)] == [True, False]


# ── Who ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_walk_stays_in_the_organisation_whatever_it_is_asked(ewa) -> None:
    entry(ewa.organisation, "Kurs")
    stranger = actor_of(MembershipFactory())
    rows = Service.objects.all()

    def walk_of(organisation_id):
        marks = asked_marks("kurs")
        return walking.first_holders(organisation_id, marks, rows, after=None, limit=9, most=100)

    assert len(walk_of(ewa.organisation_id)) == 1
    with scope.entered(stranger.organisation_id):
        assert walk_of(ewa.organisation_id) == []


def test_who_may_not_search_walks_nowhere(ewa) -> None:
    entry(ewa.organisation, "Kurs")
    other = actor_of(MembershipFactory(organisation=ewa.organisation, administrator=True))

    assert walked(other, asked_marks("kurs")) == []
    assert search.find_by_words(other, "kurs", 5) == []


# ── Marks from before ────────────────────────────────────────────────────────────────────────────


def test_marks_from_before_take_the_order_of_their_services(ewa, many, monkeypatch) -> None:
    step = import_module("kith.services.migrations.0007_fill_order_of_marks")
    monkeypatch.setattr(step, "AT_ONCE", 40)
    with permit.lifted():
        Mark.objects.update(sort_key=0)

    step.fill(None, SimpleNamespace(connection=connection))

    orders = set(Mark.objects.values_list("service_id", "sort_key"))
    assert orders == set(Service.objects.values_list("pk", "sort_key"))
