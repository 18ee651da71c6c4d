from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from kith.gate.roles import Role
from kith.web import panels, search
from kith.web.boards import Board
from kith.web.tests.factories import person

EWA, MARTA = person(Role.COORDINATOR), person(Role.MENTOR)


@pytest.fixture
def _panels(monkeypatch):
    monkeypatch.setattr(panels, "PANELS", Board("panels"))


@pytest.fixture
def _providers(monkeypatch):
    monkeypatch.setattr(search, "PROVIDERS", Board("search"))


@pytest.mark.usefixtures("_panels")
def test_a_slot_shows_its_own_panels_to_those_who_may_see_them():
    def coordinators(actor, subject):
        return actor.has(Role.COORDINATOR)

    for slot, key, order in (("person", "goals", 2), ("person", "map", 1), ("match", "map", 1)):
        panels.add_panel(
            slot,
            key,
            key,
            lambda row: f"/{row.pk}/",
            visible=coordinators,
            order=order,
        )
    olena = SimpleNamespace(pk=17)

    seen = [(panel.key, panel.url) for panel in panels.panels_for(EWA, "person", olena)]

    assert seen == [("person.map", "/17/"), ("person.goals", "/17/")]
    assert panels.panels_for(MARTA, "person", olena) == []


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Request-Type": "partial"}, True),
        ({"HX-Request": "true", "HX-Request-Type": "full"}, False),
    ],
)
def test_only_a_part_is_sent_when_only_a_part_was_asked(headers, expected):
    request = RequestFactory().get("/", headers=headers)

    assert panels.is_partial(request) is expected


@pytest.mark.usefixtures("_providers")
def test_search_shows_rooms_that_found_something_in_their_order():
    def people(actor, text, limit):
        return [search.Hit(title=f"{text} {number}", url="/") for number in range(20)]

    search.add_provider("matches", "Matches", lambda actor, text, limit: [], order=1)
    search.add_provider("people", "People", people, order=2)

    found = search.found_for(EWA, "  Olena   K ", limit=3)

    assert [room.key for room in found] == ["people"]
    assert [hit.title for hit in found[0].hits] == ["Olena K 0", "Olena K 1", "Olena K 2"]


@pytest.mark.usefixtures("_providers")
def test_one_letter_searches_nothing():
    asked = []
    search.add_provider("people", "People", lambda *args: asked.append(args) or [], order=1)

    assert search.found_for(EWA, " K ") == []
    assert asked == []
