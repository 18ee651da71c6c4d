"""Screens: one question each, in the order of the answers."""

from kith.methods.instruments.filling import fill
from kith.methods.instruments.screens import Asks, keyed, screen_after, screens
from kith.methods.instruments.tests.factories import AGREEMENT, form, question

END_GROUP, END_REPEAT = {"type": "end_group"}, {"type": "end_repeat"}
FAMILY = form(
    question("note", "hello", "Good day"),
    question("text", "name", "What shall we call you?"),
    question("begin_group", "home", "Home"),
    question("select_one agree", "alone", "Do you live alone?"),
    END_GROUP,
    question("begin_repeat", "kids", "Child", relevant="${alone} != '3'"),
    question("text", "kid", "Name"),
    question("integer", "age", "Age of ${kid}", relevant="${kid} != ''"),
    END_REPEAT,
    question("note", "thanks", "Thank you"),
    choices=AGREEMENT,
)


def shown(instrument=FAMILY, **answers):
    return screens(instrument, fill(instrument, answers, today="2026-03-31", now=""))


def keys(found) -> list[str]:
    return [one.key for one in found]


def test_a_note_stands_on_the_screen_of_the_question_after_it() -> None:
    first, *_, last = shown()

    assert [cell.item.name for cell in first.cells] == ["hello", "name"]
    assert [cell.item.name for cell in first.questions] == ["name"]
    assert [cell.item.name for cell in first.notes] == ["hello"]
    assert (last.key, last.asks, last.questions) == ("thanks", Asks.NOTHING, ())


def test_a_repeat_has_screens_for_each_entry_and_asks_for_another() -> None:
    found = shown(kids=[{"kid": "Ala"}, {}])

    assert keys(found) == [
        "name", "alone", "kids.0.kid", "kids.0.age", "kids.1.kid", "kids.another", "thanks",
    ]  # fmt: skip
    assert [one.path for one in found] == [
        (), ("Home",), ("Child 1",), ("Child 1",), ("Child 2",), ("Child",), (),
    ]  # fmt: skip
    another = found[5]
    assert (another.asks, another.repeat.name, another.entry) == (Asks.ANOTHER, "kids", 2)
    assert (found[3].repeat.name, found[3].entry) == ("kids", 0)


def test_every_cell_has_the_key_of_its_answer() -> None:
    filled = fill(FAMILY, {"kids": [{"kid": "Ala"}]}, today="2026-03-31", now="")

    assert [key for key, _cell in keyed(FAMILY, filled)] == [
        "hello", "name", "home", "alone", "kids", "kids.0.kid", "kids.0.age", "thanks",
    ]  # fmt: skip


def test_what_is_not_asked_has_no_screen() -> None:
    assert keys(shown(alone="3")) == ["name", "alone", "thanks"]


def test_a_repeat_without_entries_and_with_a_count_of_its_own() -> None:
    counted = form(
        question("begin_repeat", "kids", "Child", repeat_count="2"), question("text", "kid"),
        END_REPEAT,
    )  # fmt: skip

    assert keys(shown(kids=[])) == ["name", "alone", "kids.another", "thanks"]
    assert keys(shown(counted)) == ["kids.0.kid", "kids.1.kid"]


def test_a_group_shown_as_one_list_is_one_screen() -> None:
    listed = form(
        question("begin_group", "week", "Your week", appearance="field-list"),
        question("note", "about", "Last week"),
        question("text", "mon"),
        question("begin_group", "inner", "More"),
        question("text", "tue", relevant="${mon} != ''"),
        END_GROUP,
        END_GROUP,
        question("text", "rest"),
    )

    [week, rest] = shown(listed, mon="x")

    assert [cell.item.name for cell in week.cells] == ["about", "mon", "tue"]
    assert (week.key, week.path, rest.key) == ("week", ("Your week",), "rest")
    [empty, _rest] = shown(listed)
    assert [cell.item.name for cell in empty.cells] == ["about", "mon"]
    assert [cell.item.name for cell in empty.hidden] == ["tue"]


def test_a_list_with_a_repeat_inside_is_walked_through() -> None:
    listed = form(
        question("begin_group", "week", "Week", appearance="field-list"),
        question("begin_repeat", "days", "Day"), question("text", "day"), END_REPEAT, END_GROUP,
    )  # fmt: skip

    assert keys(shown(listed)) == ["days.0.day", "days.another"]


def test_the_next_screen_follows_the_answer() -> None:
    before, after = shown(), shown(alone="3")

    assert screen_after("alone", before=before, now=after).key == "thanks"
    assert screen_after("alone", before=before, now=shown(alone="1")).key == "kids.0.kid"
    assert screen_after("thanks", before=before, now=after) is None


def test_a_screen_that_has_gone_leads_to_the_next_that_is_left() -> None:
    before = shown(kids=[{"kid": "Ala"}])

    assert screen_after("kids.0.age", before=before, now=shown(kids=[{}])).key == "kids.another"
    assert screen_after("kids.0.age", before=before, now=shown(alone="3")).key == "thanks"
