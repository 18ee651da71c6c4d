import pytest

from kith.gate.actor import ANONYMOUS
from kith.gate.roles import Role
from kith.web import nav
from kith.web.boards import AlreadyPlugged, Board
from kith.web.tests.factories import person


@pytest.fixture
def menu() -> Board[nav.Item]:
    board: Board[nav.Item] = Board("test menu")
    nav.add_item("today", "Today", "web:today", icon="today", order=0, board=board)
    nav.add_item(
        "search",
        "Search",
        "web:search",
        icon="search",
        order=5,
        visible=lambda actor: actor.has(Role.COORDINATOR),
        count=lambda actor: 5,
        board=board,
    )
    return board


def test_each_person_sees_the_entries_meant_for_them(menu):
    coordinator, mentor = person(Role.COORDINATOR), person(Role.MENTOR)

    for_coordinator = [link.key for link in nav.items_for(coordinator, "/", board=menu)]
    for_mentor = [link.key for link in nav.items_for(mentor, "/", board=menu)]

    assert (for_coordinator, for_mentor) == (["today", "search"], ["today"])


def test_a_visitor_sees_no_entry(menu):
    assert nav.items_for(ANONYMOUS, "/", board=menu) == []


@pytest.mark.parametrize(
    ("path", "current"),
    [("/", ["today"]), ("/search/", ["search"]), ("/search/more/", ["search"]), ("/people/", [])],
)
def test_the_entry_one_is_under_is_marked(menu, path, current):
    links = nav.items_for(person(Role.COORDINATOR), path, board=menu)

    assert [link.key for link in links if link.is_current] == current


def test_a_count_is_shown_where_an_entry_brings_one(menu):
    links = nav.items_for(person(Role.COORDINATOR), "/", board=menu)

    assert [link.count for link in links] == [None, 5]


def test_the_same_key_twice_is_refused(menu):
    with pytest.raises(AlreadyPlugged):
        nav.add_item("today", "Today", "web:today", icon="today", order=1, board=menu)


def test_of_two_addresses_above_a_page_the_nearer_one_is_marked():
    assert nav.present_url("/people/import/3/", ["/", "/people/", "/people/import/"]) == (
        "/people/import/"
    )


def long_menu(orders: list[int]) -> list[nav.Link]:
    board: Board[nav.Item] = Board("long menu")
    for order in orders:
        nav.add_item(
            f"at{order}", f"At {order}", "web:search", icon="search", order=order, board=board
        )
    return nav.items_for(person(Role.PARTICIPANT), "/", board=board)


@pytest.mark.parametrize(("entries", "at_hand"), [(4, 4), (5, 5), (6, 4), (9, 4)])
def test_a_menu_too_long_for_a_phone_keeps_the_rest_behind_one_entry(entries, at_hand):
    links = long_menu(list(range(entries)))

    near, further = nav.folded(links)

    assert len(near) == at_hand
    assert near + further == links


def test_entries_of_another_part_of_the_work_stand_a_little_apart():
    assert [link.begins_part for link in long_menu([0, 15, 20, 39, 60])] == [
        *(False, False, True, False, True),
    ]
