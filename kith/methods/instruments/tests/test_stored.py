"""An instrument is kept as JSON and comes back equal."""

import json

from hypothesis import given, settings

from kith.methods.instruments.packs import shipped_packs
from kith.methods.instruments.schema import Instrument, Licence, Published, Scale, Span
from kith.methods.instruments.stored import from_plain, to_plain
from kith.methods.instruments.tests.factories import AGREEMENT, form, question
from kith.methods.instruments.tests.test_xlsform_out import instruments


def kept(instrument: Instrument) -> Instrument:
    return from_plain(json.loads(json.dumps(to_plain(instrument))))


@settings(max_examples=40)
@given(instruments())
def test_every_instrument_comes_back_equal(instrument) -> None:
    assert kept(instrument) == instrument


def test_a_pack_comes_back_with_licence_and_scales() -> None:
    [pack] = shipped_packs()
    scale = Scale(
        key="s",
        title={"en": "S"},
        items=("my_goals",),
        reverse=frozenset({"my_goals"}),
        transform="sum*4",
        reliability=Published(0.8, "Doe 2020"),
        standard_deviation=Published(2.0, "Doe 2020"),
    )
    richer = Instrument(
        id=pack.id,
        version="2",
        title=pack.title,
        languages=pack.languages,
        default_language="en",
        items=pack.items,
        choices=pack.choices,
        licence=Licence("H", "T", "U", "P", "U"),
        scales=(*pack.scales, scale),
    )

    assert kept(pack) == pack
    assert kept(richer) == richer


def test_rows_of_the_file_are_kept_for_the_sentences_about_them() -> None:
    instrument = form(
        question(name="first"),
        question("range", "hours", parameters="start=0 end=4 step=0.5"),
        question("begin_repeat", "kids"),
        question("select_one agree", "how"),
        {"type": "end_repeat"},
        choices=AGREEMENT,
    )

    found = kept(instrument)

    assert [item.row for item in found.walk()] == [2, 3, 4, 5]
    assert found.item("hours").span == Span("0", "4", "0.5")
