"""The parts of an item for each kind of question: responses, body, marking."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from kith.methods.learning.banks.markdown import inline_html, to_html
from kith.methods.learning.banks.notes import NotTaken
from kith.methods.learning.banks.qti import scoring
from kith.methods.learning.banks.trees import Node, parsed
from kith.methods.learning.questions.checks import PLACE
from kith.methods.learning.questions.folding import parts_of
from kith.methods.learning.questions.numbers import decimal
from kith.methods.learning.questions.schema import (
    ALL,
    Accepted,
    Essay,
    Gap,
    Gapped,
    Matching,
    Multiple,
    Number,
    Numeric,
    Ordering,
    Question,
    Short,
    Single,
    Words,
    key_at,
    say,
)

RESPONSE = "RESPONSE"


@dataclass(frozen=True, slots=True)
class Made:
    """responses and processing are empty where a trainer marks. whys: of options, by key."""

    responses: Sequence[Node]
    body: Sequence[Node | str]
    processing: Sequence[Node] = ()
    whys: Mapping[str, Words] = field(default_factory=dict)


def make(question: Question, language: str) -> Made:
    """Raises NotTaken where QTI cannot hold it."""
    return MAKERS[type(question)](question, language)


def html(text: str) -> list[Node | str]:
    """Markdown as nodes."""
    return parsed(f"<div>{to_html(text)}</div>").children


def _inline(text: str) -> list[Node | str]:
    """The text of an option, without a paragraph round it when it is only one."""
    if "\n\n" in text or text.startswith("- "):
        return html(text)
    return parsed(f"<div>{inline_html(text)}</div>").children


def _cannot(question: Question) -> NotTaken:
    return NotTaken("format_cannot", format="QTI", kind=question.kind.value)


def _choice(question: Single | Multiple, language: str) -> Made:
    several = isinstance(question, Multiple)
    points = {one.key: one.weight for one in question.options}
    plain = not several and set(points.values()) <= {ALL, Fraction(0)}
    right = [key for key, weight in points.items() if weight > 0]
    by_match = not question.partial or (plain and len(right) == 1)
    response = scoring.response(
        RESPONSE,
        "identifier",
        right if several else right[:1],
        cardinality="multiple" if several else "single",
        mapped={} if by_match else points,
    )
    rows = [
        Node("simpleChoice", {"identifier": one.key}, _inline(say(one.text, language)))
        for one in question.options
    ]
    attrs = {"shuffle": str(question.shuffle).lower(), "maxChoices": "0" if several else "1"}
    return Made(
        [response],
        [*html(say(question.stem, language)), _interaction("choiceInteraction", attrs, rows)],
        [scoring.by_match(RESPONSE) if by_match else scoring.by_mapping([RESPONSE])],
        {one.key: one.why for one in question.options},
    )


def _interaction(
    tag: str, attrs: dict[str, str], rows: Sequence[Node], response: str = RESPONSE
) -> Node:
    return Node(tag, {"responseIdentifier": response, **attrs}, list(rows))


def _matching(question: Matching, language: str) -> Made:
    rights = question.rights()
    key_of = {say(one.text, language): f"r_{one.key}" for one in rights}
    pairs = [f"l_{one.key} {key_of[say(one.right, language)]}" for one in question.pairs]
    share = Fraction(1, len(pairs))
    response = scoring.response(
        RESPONSE,
        "directedPair",
        pairs,
        cardinality="multiple",
        mapped=dict.fromkeys(pairs, share) if question.partial else {},
    )
    lefts = [
        _associable(f"l_{one.key}", 1, _inline(say(one.left, language))) for one in question.pairs
    ]
    sides = [_associable(f"r_{one.key}", 0, [say(one.text, language)]) for one in rights]
    sets = [
        Node("simpleMatchSet", children=list(lefts)),
        Node("simpleMatchSet", children=list(sides)),
    ]
    attrs = {"shuffle": str(question.shuffle).lower(), "maxAssociations": str(len(pairs))}
    mark = scoring.by_mapping([RESPONSE]) if question.partial else scoring.by_match(RESPONSE)
    body = [*html(say(question.stem, language)), _interaction("matchInteraction", attrs, sets)]
    return Made([response], body, [mark])


def _associable(key: str, most: int, text: list[Node | str]) -> Node:
    return Node("simpleAssociableChoice", {"identifier": key, "matchMax": str(most)}, text)


def _ordering(question: Ordering, language: str) -> Made:
    keys = [one.key for one in question.items]
    response = scoring.response(RESPONSE, "identifier", keys, cardinality="ordered")
    rows = [
        Node("simpleChoice", {"identifier": one.key}, _inline(say(one.text, language)))
        for one in question.items
    ]
    marks = scoring.by_place(RESPONSE, len(keys))
    return Made(
        [response],
        [
            *html(say(question.stem, language)),
            _interaction("orderInteraction", {"shuffle": "true"}, rows),
        ],
        marks if question.partial else [scoring.by_match(RESPONSE)],
    )


def _numeric(question: Numeric, language: str) -> Made:
    response, around = _number_response(RESPONSE, question.numbers, question)
    mark = scoring.by_number(RESPONSE, around)
    return Made([response], _typed_alone(question, language), [mark])


def _number_response(name: str, numbers: Sequence[Number], question: Question) -> tuple[Node, str]:
    """One number with how far it may be off. QTI has no place for several of them."""
    one = numbers[0]
    if len(numbers) != 1 or one.low is None or one.high is None:
        raise _cannot(question)
    middle, around = decimal((one.low + one.high) / 2), decimal((one.high - one.low) / 2)
    return scoring.response(name, "float", [middle]), around


def _short(question: Short, language: str) -> Made:
    answers = question.answers_in(language)
    response = _text_response(RESPONSE, answers, question, case=question.case)
    mark = scoring.by_mapping([RESPONSE])
    return Made([response], _typed_alone(question, language), [mark])


def _text_response(
    name: str, answers: Sequence[Accepted], question: Question, *, case: bool
) -> Node:
    if any(len(parts_of(one.text)) > 1 for one in answers):
        raise _cannot(question)
    points = {parts_of(one.text)[0]: one.weight for one in answers}
    right = [text for text, weight in points.items() if weight == ALL]
    return scoring.response(name, "string", right[:1], mapped=points, case=case)


def _typed_alone(question: Question, language: str) -> list[Node | str]:
    entry = _interaction("textEntryInteraction", {}, [])
    return [*html(say(question.stem, language)), Node("p", children=[entry])]


def _essay(question: Essay, language: str) -> Made:
    told = [say(question.notes, language)]
    told += [f"- {say(one.text, language)}" for one in question.criteria]
    told.append(say(question.example, language))
    text = "\n\n".join(one for one in told if one)
    rubric = [Node("rubricBlock", {"view": "scorer"}, html(text))] if text else []
    body = [*html(say(question.stem, language)), *rubric]
    response = scoring.response(RESPONSE, "string", [])
    return Made([response], [*body, _interaction("extendedTextInteraction", {}, [])])


def _gapped(question: Gapped, language: str) -> Made:
    if question.stem or not question.partial:
        raise _cannot(question)
    responses, places, shares = [], {}, {}
    whole = sum(gap.share for gap in question.gaps)
    numbers = []
    for number, gap in enumerate(question.gaps, start=1):
        name = f"{RESPONSE}{number}"
        share = Fraction(gap.share, whole)
        if gap.numbers:
            response, around = _number_response(name, gap.numbers, question)
            numbers.append(scoring.by_number(name, around, share))
        else:
            response = _gap_response(name, gap, question, language)
            shares[name] = share
        responses.append(response)
        places[number] = _place(name, gap, language, shuffle=question.shuffle)
    text = _placed(say(question.text, language), places)
    marks = [scoring.by_mapping(list(shares), shares)] if shares else []
    return Made(responses, text, [*marks, *numbers])


def _gap_response(name: str, gap: Gap, question: Question, language: str) -> Node:
    answers = gap.answers_in(language)
    if not gap.chosen:
        return _text_response(name, answers, question, case=gap.case)
    points = {key_at(place): one.weight for place, one in enumerate(answers)}
    right = [key for key, weight in points.items() if weight == ALL]
    return scoring.response(name, "identifier", right[:1], mapped=points)


def _place(name: str, gap: Gap, language: str, *, shuffle: bool) -> Node:
    if not gap.chosen:
        return _interaction("textEntryInteraction", {}, [], name)
    rows = [
        Node("inlineChoice", {"identifier": key_at(place)}, [one.text])
        for place, one in enumerate(gap.answers_in(language))
    ]
    attrs = {"shuffle": str(shuffle).lower()}
    return _interaction("inlineChoiceInteraction", attrs, rows, name)


def _placed(text: str, places: Mapping[int, Node]) -> list[Node | str]:
    """The text as nodes with the places in it."""
    marked = PLACE.sub(lambda found: f"\ue000{found[1]}\ue001", text)
    nodes = html(marked)
    for node in (one for top in nodes if isinstance(top, Node) for one in [*top.walk()]):
        node.children = [part for one in node.children for part in _split(one, places)]
    return nodes


def _split(one: Node | str, places: Mapping[int, Node]) -> list[Node | str]:
    if isinstance(one, Node):
        return [one]
    parts: list[Node | str] = []
    for number, piece in enumerate(one.split("\ue000")):
        name, end, rest = piece.partition("\ue001")
        parts += [places[int(name)], rest] if number and end else [piece]
    return [part for part in parts if part != ""]


MAKERS: dict[type[Question], Callable[[Any, str], Made]] = {
    Single: _choice,
    Multiple: _choice,
    Matching: _matching,
    Ordering: _ordering,
    Numeric: _numeric,
    Short: _short,
    Gapped: _gapped,
    Essay: _essay,
}
