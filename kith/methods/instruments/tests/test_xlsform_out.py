"""An instrument written as XLSForm reads back equal."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.instruments.packs import shipped_packs
from kith.methods.instruments.schema import CHOOSING, Choice, Instrument, Item, Kind, Span
from kith.methods.instruments.tests.factories import AGREEMENT, form, question
from kith.methods.instruments.xlsform import read_xlsform
from kith.methods.instruments.xlsform_out import write_xlsform

LANGUAGES = ("en", "pl", "ar")
PLAIN = [Kind.TEXT, Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.NOTE,
         Kind.ACKNOWLEDGE, Kind.RANGE, Kind.HIDDEN, *sorted(CHOOSING)]  # fmt: skip
SAFE = st.text("abcżółść سلام=+-#|'’\"1", min_size=1, max_size=12).map(str.strip).filter(bool)
WORDS = st.fixed_dictionaries(dict.fromkeys(LANGUAGES, SAFE.map(lambda text: f"Say {text}")))
RULES = st.sampled_from(["", "${first} = 'a'", "string-length(${first}) > 2", "true()"])


def read_back(instrument: Instrument) -> Instrument:
    return read_xlsform(write_xlsform(instrument), filename="form.xlsx").taken()


@st.composite
def items(draw, number: int) -> Item:
    kind = draw(st.sampled_from(PLAIN))
    answered = kind not in {Kind.NOTE, Kind.HIDDEN}
    return Item(
        name=f"q{number}",
        kind=kind,
        label=draw(WORDS),
        hint=draw(st.one_of(st.just({}), WORDS)),
        choices="list" if kind in CHOOSING else "",
        choice_filter=draw(st.sampled_from(["", "group = ${first}"])) if kind in CHOOSING else "",
        required=draw(st.sampled_from(["", "true()", "${first} = 'a'"])) if answered else "",
        relevant=draw(RULES),
        constraint=draw(st.sampled_from(["", ". != 'b'"])) if answered else "",
        constraint_message=draw(st.one_of(st.just({}), WORDS)),
        span=Span("0", "4", "0.5") if kind is Kind.RANGE else None,
        lines=draw(st.sampled_from([0, 3])) if kind is Kind.TEXT else 0,
        appearance=draw(st.sampled_from(["", "multiline"])),
    )


@st.composite
def instruments(draw) -> Instrument:
    inner = tuple(draw(items(at)) for at in range(draw(st.integers(1, 4))))
    held = Item(
        name="held",
        kind=draw(st.sampled_from([Kind.GROUP, Kind.REPEAT])),
        label=draw(WORDS),
        items=tuple(draw(items(at)) for at in range(10, 12)),
    )
    calculated = Item(name="sum", kind=Kind.CALCULATE, calculate="1 + count(${first})")
    first = Item(name="first", kind=Kind.TEXT, label=draw(WORDS), default="a")
    choices = tuple(
        Choice(code, draw(WORDS), {"group": group}) for code, group in (("x", "a"), ("y", "b"))
    )
    return Instrument(
        id="form",
        version=draw(st.sampled_from(["", "1", "2026-03"])),
        title={"en": draw(SAFE)},
        languages=LANGUAGES,
        default_language="en",
        items=(first, *inner, held, calculated),
        choices={"list": choices},
    )


@settings(max_examples=40, deadline=None)
@given(instruments())
def test_an_instrument_reads_back_equal(instrument) -> None:
    assert read_back(instrument) == instrument


def test_a_form_that_was_read_is_written_and_read_again() -> None:
    instrument = form(
        question("select_one agree or_other", "how"),
        question("percentage", "share", required="yes", required_message="Please"),
        question("today", "day", ""),
        question("begin_repeat", "kids", repeat_count="${share}"),
        question("text", "name", "Name ${share}", default="concat(${share}, 'x')"),
        {"type": "end_repeat"},
        choices=AGREEMENT,
        settings=[{"form_title": "T", "form_id": "t", "version": "1"}],
    )

    assert read_back(instrument) == instrument


def test_the_questions_of_a_pack_can_be_taken_along() -> None:
    [pack] = shipped_packs()

    found = read_back(pack)

    assert (found.items, found.choices) == (pack.items, pack.choices)


def test_a_text_that_begins_like_a_formula_stays_a_text() -> None:
    instrument = form(question(label="x"))
    [item] = instrument.items
    risky = Instrument(
        "form", "", {"en": "=1+1"}, ("en",), "en", (Item("q", Kind.TEXT, {"en": "=1+1"}),)
    )

    assert item.label == {"en": "x"}
    assert read_back(risky) == risky
