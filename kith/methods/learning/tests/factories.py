"""Questions for tests, one of each kind, and strategies that make many."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from kith.methods.learning.banks.markdown import from_plain
from kith.methods.learning.questions.folding import as_pattern
from kith.methods.learning.questions.schema import (
    FALSE,
    TRUE,
    Accepted,
    Essay,
    Gap,
    Gapped,
    Item,
    Matching,
    Multiple,
    Number,
    Numeric,
    Option,
    Ordering,
    Pair,
    Question,
    Short,
    Single,
    key_at,
)


def en(text: str) -> dict[str, str]:
    return {"en": text}


def single(**changes: Any) -> Single:
    options = (
        Option("a", en("Ask first"), Fraction(1), en("Yes: it is theirs to decide.")),
        Option("b", en("Decide alone"), Fraction(0), en("It is not yours to decide.")),
        Option("c", en("Ask later"), Fraction(1, 3), en("Better than never.")),
    )
    return replace(Single(key="single", stem=en("What do you do?"), options=options), **changes)


def true_false(**changes: Any) -> Single:
    options = (
        Option(TRUE, en("True"), Fraction(0), en("Not so.")),
        Option(FALSE, en("False"), Fraction(1), en("Right.")),
    )
    made = Single(key="truth", stem=en("A mentor decides."), options=options, shuffle=False)
    return replace(made, **changes)


def multiple(**changes: Any) -> Multiple:
    options = (
        Option("a", en("Letter"), Fraction(1, 2), en("Yes.")),
        Option("b", en("Ticket"), Fraction(1, 2)),
        Option("c", en("Hat"), Fraction(-1), en("No.")),
    )
    return replace(
        Multiple(key="multiple", stem=en("What do you take?"), options=options), **changes
    )


def matching(**changes: Any) -> Matching:
    pairs = (
        Pair("a", en("tram"), en("rails")),
        Pair("b", en("train"), en("rails")),
        Pair("c", en("ferry"), en("water")),
    )
    made = Matching(key="matching", stem=en("Where?"), pairs=pairs, others=(Item("d", en("sky")),))
    return replace(made, **changes)


def ordering(**changes: Any) -> Ordering:
    items = tuple(Item(key_at(at), en(text)) for at, text in enumerate(["meet", "talk", "part"]))
    return replace(Ordering(key="ordering", stem=en("In which order?"), items=items), **changes)


def numeric(**changes: Any) -> Numeric:
    made = Numeric(
        key="numeric",
        stem=en("How many?"),
        numbers=(Number(Fraction(475), Fraction(525)),),
        unit=en("people"),
    )
    return replace(made, **changes)


def short(**changes: Any) -> Short:
    answers = (
        Accepted("coordinator", why=en("Yes.")),
        Accepted("co*", weight=Fraction(1, 2)),
        Accepted("koordynatorka", "pl"),
    )
    return replace(Short(key="short", stem=en("Who?"), answers=answers), **changes)


def gapped(**changes: Any) -> Gapped:
    gaps = (
        Gap((Accepted("saw"), Accepted("guess", weight=Fraction(0), why=en("No."))), chosen=True),
        Gap((Accepted("means"), Accepted("meant", weight=Fraction(1, 2)))),
        Gap(numbers=(Number(Fraction(2), Fraction(2), why=en("Two.")),), share=2),
    )
    text = en("Say what you {1}, ask what it {2}, {3} times.")
    return replace(Gapped(key="gap", stem={}, text=text, gaps=gaps), **changes)


def essay(**changes: Any) -> Essay:
    return replace(Essay(key="essay", stem=en("What do you do first?")), **changes)


EACH = (single, true_false, multiple, matching, ordering, numeric, short, gapped, essay)

# Strategies: any signs that a line of text may hold, among them all that formats use as marks.

MARKS = "\\~=#{}:*_`[]<>&\"'()!-+.1$%/|,;?@^"
LETTERS = "abc ABC żół المد Київ ß"
lines = (
    st.text(alphabet=MARKS + LETTERS, min_size=1, max_size=24)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
markdown = lines.map(from_plain)
weights = st.sampled_from([Fraction(1, 2), Fraction(1, 3), Fraction(0), Fraction(-1, 4)])


@st.composite
def choices(draw: Any) -> Question:
    texts = draw(st.lists(markdown, min_size=2, max_size=5))
    whys = [draw(st.one_of(st.just({}), markdown.map(en))) for _text in texts]
    several = draw(st.booleans())
    options = [
        Option(key_at(at), en(text), draw(weights), why)
        for at, (text, why) in enumerate(zip(texts, whys, strict=True))
    ]
    options[0] = replace(options[0], weight=Fraction(1))
    if several:
        options = [replace(one, weight=min(one.weight, Fraction(0))) for one in options]
        options[:2] = [replace(one, weight=Fraction(1, 2)) for one in options[:2]]
    kind = Multiple if several else Single
    return kind(key="q", stem=en(draw(markdown)), why=draw(st.just({})), options=tuple(options))


@st.composite
def matchings(draw: Any) -> Question:
    rows = draw(st.lists(st.tuples(markdown, lines), min_size=1, max_size=4))
    pairs = tuple(Pair(key_at(at), en(one), en(two)) for at, (one, two) in enumerate(rows))
    return Matching(key="q", stem=en(draw(markdown)), pairs=pairs)


@st.composite
def shorts(draw: Any) -> Question:
    texts = draw(st.lists(lines.map(as_pattern), min_size=1, max_size=4, unique=True))
    answers = tuple(Accepted(one) for one in texts)
    return Short(key="q", stem=en(draw(markdown)), answers=answers)


@st.composite
def numerics(draw: Any) -> Question:
    middle = draw(st.decimals(-10_000, 10_000, places=3, allow_nan=False))
    around = draw(st.decimals(0, 100, places=2, allow_nan=False))
    low, high = Fraction(middle) - Fraction(around), Fraction(middle) + Fraction(around)
    return Numeric(key="q", stem=en(draw(markdown)), numbers=(Number(low, high),))


questions = st.one_of(choices(), matchings(), shorts(), numerics())
