"""Packs: complete licences only, and figures that can be looked up."""

import tomllib

import pytest
import tomli_w

from kith.methods.instruments.filling import fill
from kith.methods.instruments.packs import (
    LICENCE_KEYS,
    SHIPPED,
    read_pack,
    read_pack_at,
    shipped_packs,
)
from kith.methods.instruments.schema import Published
from kith.methods.instruments.scoring import NotAScore, bounds, score

PATH = SHIPPED / "how-our-mentoring-goes.toml"
ALL_FOUR = dict.fromkeys(
    ["often_enough", "my_goals", "can_say_no", "hard_to_reach", "moves_on"], "4"
)


def table() -> dict:
    return tomllib.loads(PATH.read_text("utf-8"))


def read(changed: dict):
    return read_pack(tomli_w.dumps(changed).encode(), filename="pack.toml")


def said(reading) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.sheet, one.row, one.column) for one in reading.refusals]


def test_the_pack_that_comes_with_kith_is_our_own_and_whole() -> None:
    [pack] = shipped_packs()

    assert pack.id == "how-our-mentoring-goes"
    assert pack.languages == ("en", "pl", "ar")
    assert pack.licence.permission == "Own work; no permission of others is needed."
    assert [set(item.label) for item in pack.items] == [{"en", "pl", "ar"}] * 5
    assert read_pack_at(PATH).findings == ()


@pytest.mark.parametrize("key", LICENCE_KEYS)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_pack_without_a_part_of_its_licence_is_refused_by_the_key(key, value) -> None:
    changed = table()
    changed["licence"].pop(key)
    if value is not None:
        changed["licence"][key] = value

    reading = read(changed)

    [found] = reading.refusals
    assert (found.code, found.column, reading.instrument) == (
        "licence_incomplete", f"licence.{key}", None,
    )  # fmt: skip
    assert f"“{key}”" in found.sentence


def test_a_pack_without_any_licence_lacks_all_of_it() -> None:
    changed = table()
    del changed["licence"]

    assert [one.column for one in read(changed).refusals] == [f"licence.{k}" for k in LICENCE_KEYS]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda t: t.pop("id"), ("key_missing", "", 0, "id")),
        (lambda t: t.update(version=3), ("key_wrong", "", 0, "version")),
        (lambda t: t.update(colour="red"), ("key_unknown", "", 0, "colour")),
        (lambda t: t.update(items=[]), ("key_wrong", "", 0, "items")),
        (lambda t: t["items"][1].pop("text"), ("key_missing", "items", 2, "text")),
        (lambda t: t["items"][1].update(required="yes"), ("key_wrong", "items", 2, "required")),
        (lambda t: t["scales"][0].pop("key"), ("key_missing", "scales", 1, "key")),
        (lambda t: t["options"]["agreement"][0].pop("code"), ("key_missing", "options", 1, "code")),
        (lambda t: t["options"].update(agreement=5), ("key_wrong", "options", 0, "")),
        (lambda t: t["scales"][0].update(transform="median"),
         ("key_wrong", "scales", 1, "transform")),
        (lambda t: t["scales"][0].update(items=["nobody"], reverse=[]),
         ("scale_item_missing", "scales", 1, "items")),
        (lambda t: t["scales"][0].update(reverse=["nobody"]),
         ("scale_item_missing", "scales", 1, "items")),
        (lambda t: t["items"][2].update(kind="geopoint"), ("key_wrong", "items", 3, "kind")),
        (lambda t: t["items"][2].update(options="nobody"), ("list_missing", "items", 3, "options")),
        (lambda t: t["items"][2].update(name="my_goals"), ("name_twice", "items", 3, "name")),
    ],
)  # fmt: skip
def test_a_pack_that_does_not_work_is_refused_by_its_key(change, found) -> None:
    changed = table()
    change(changed)

    assert found in said(read(changed))


def test_a_code_that_is_no_number_has_no_mean() -> None:
    changed = table()
    changed["options"]["agreement"][0]["code"] = "never"

    assert {one.code for one in read(changed).refusals} == {"scale_not_numeric"}


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ({"reliability": 0.8, "reliability_source": "Doe 2020"}, "key_missing"),
        ({"reliability": 0.8, "standard_deviation": 2.0, "reliability_source": "Doe 2020"},
         "change_source_missing"),
        ({"reliability": 1.2, "standard_deviation": 2.0, "reliability_source": "Doe 2020",
          "standard_deviation_source": "Doe 2020"}, "key_wrong"),
    ],
)  # fmt: skip
def test_a_clear_change_needs_figures_that_people_can_look_up(figures, found) -> None:
    changed = table()
    changed["scales"][0] |= figures

    assert [one.code for one in read(changed).refusals] == [found]


def test_published_figures_are_kept_with_their_source() -> None:
    changed = table()
    changed["scales"][0] |= {
        "reliability": 0.8, "reliability_source": "Doe 2020, table 2",
        "standard_deviation": 2, "standard_deviation_source": "Doe 2020, table 1",
    }  # fmt: skip

    [scale] = read(changed).taken().scales

    assert scale.reliability == Published(0.8, "Doe 2020, table 2")
    assert scale.standard_deviation == Published(2.0, "Doe 2020, table 1")


def test_a_pack_that_asks_for_belief_is_refused() -> None:
    changed = table()
    changed["items"][3]["text"]["pl"] = "Jaka jest Twoja religia?"

    assert said(read(changed)) == [("asks_origin", "items", 4, "label")]


def test_a_folder_may_hold_the_licence_in_a_file_of_its_own(tmp_path) -> None:
    changed = table()
    del changed["licence"]["text"]
    (tmp_path / "pack.toml").write_text(tomli_w.dumps(changed), "utf-8")

    lacking = read_pack_at(tmp_path)
    (tmp_path / "licence.txt").write_text("All may use it.\n", "utf-8")

    assert [one.column for one in lacking.refusals] == ["licence.text"]
    assert read_pack_at(tmp_path).taken().licence.text == "All may use it."


def test_what_is_no_toml_is_refused() -> None:
    assert [one.code for one in read_pack(b"= =", filename="a.toml").refusals] == [
        "file_unreadable"
    ]
    assert [one.code for one in read_pack(b"\xff", filename="a.toml").refusals] == [
        "file_unreadable"
    ]


def pack_with(transform: str):
    changed = table()
    changed["scales"][0]["transform"] = transform
    return read(changed).taken()


@pytest.mark.parametrize(
    ("transform", "expected"),
    [("mean", 3.6), ("sum", 18), ("sum*4", 72), ("mean*25-25", 65), ("sum - 5", 13)],
)
def test_a_scale_turns_reversed_items_round_and_transforms(transform, expected) -> None:
    pack = pack_with(transform)

    # Four fours, and a four turned round within 1 to 5 is a two: 18 together.
    assert score(pack, pack.scales[0], ALL_FOUR) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("transform", "expected"), [("mean", (1, 5)), ("sum*4", (20, 100)), ("mean*25-25", (0, 100))]
)
def test_a_scale_says_between_which_figures_it_lies(transform, expected) -> None:
    pack = pack_with(transform)

    assert bounds(pack, pack.scales[0]) == expected


def test_a_scale_with_a_gap_has_no_figure() -> None:
    [pack] = shipped_packs()

    assert score(pack, pack.scales[0], {**ALL_FOUR, "my_goals": ""}) is None
    assert score(pack, pack.scales[0], {}) is None


def test_an_answer_that_is_no_choice_is_not_scored() -> None:
    [pack] = shipped_packs()

    with pytest.raises(NotAScore):
        score(pack, pack.scales[0], {**ALL_FOUR, "my_goals": "9"})


def test_a_pack_is_filled_in_like_any_form() -> None:
    [pack] = shipped_packs()

    found = fill(pack, {"my_goals": "5"}, today="2026-03-31", now="", language="ar")

    assert len(found.missing) == 4
    assert found.cell("my_goals").label == "نعمل على ما اخترته أنا."
