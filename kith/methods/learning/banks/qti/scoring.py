"""Responses of QTI and the ways in which they become points."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.numbers import decimal
from kith.methods.learning.questions.schema import ALL

SCORE = "SCORE"


def response(
    name: str,
    base: str,
    correct: Sequence[str],
    *,
    cardinality: str = "single",
    mapped: Mapping[str, Fraction] | None = None,
    case: bool | None = None,
) -> Node:
    """A declaration with its right values and the points of each value."""
    children: list[Node | str] = []
    if correct:
        values = [Node("value", children=[one]) for one in correct]
        children.append(Node("correctResponse", children=list(values)))
    if mapped:
        entries = [_entry(key, weight, case=case) for key, weight in mapped.items()]
        bounds = {"lowerBound": "0", "upperBound": "1", "defaultValue": "0"}
        children.append(Node("mapping", bounds, list(entries)))
    attrs = {"identifier": name, "cardinality": cardinality, "baseType": base}
    return Node("responseDeclaration", attrs, children)


def _entry(key: str, weight: Fraction, *, case: bool | None) -> Node:
    attrs = {"mapKey": key, "mappedValue": decimal(weight)}
    if case is not None:
        attrs["caseSensitive"] = str(case).lower()
    return Node("mapEntry", attrs)


def variable(name: str) -> Node:
    return Node("variable", {"identifier": name})


def number(value: Fraction) -> Node:
    return Node("baseValue", {"baseType": "float"}, [decimal(value)])


def by_match(name: str) -> Node:
    """All points for the right response, none for any other."""
    test = Node("match", children=[variable(name), Node("correct", {"identifier": name})])
    return _when(test, ALL)


def by_number(name: str, around: str, share: Fraction = ALL) -> Node:
    """The share, added to the points so far, when the number is near enough."""
    attrs = {"toleranceMode": "absolute", "tolerance": f"{around} {around}"}
    correct = Node("correct", {"identifier": name})
    return _when(Node("equal", attrs, [variable(name), correct]), share)


def by_place(name: str, count: int) -> list[Node]:
    """The same share for each item on its place."""
    return [_when(_same_place(name, at), Fraction(1, count)) for at in range(1, count + 1)]


def _same_place(name: str, at: int) -> Node:
    sides = [variable(name), Node("correct", {"identifier": name})]
    return Node("match", children=[Node("index", {"n": str(at)}, [one]) for one in sides])


def by_mapping(names: Sequence[str], shares: Mapping[str, Fraction] | None = None) -> Node:
    """The mapped points of responses, each by its share, added up."""
    parts = [_mapped(name, (shares or {}).get(name, ALL)) for name in names]
    return Node("setOutcomeValue", {"identifier": SCORE}, [Node("sum", children=list(parts))])


def _mapped(name: str, share: Fraction) -> Node:
    found = Node("mapResponse", {"identifier": name})
    return found if share == ALL else Node("product", children=[number(share), found])


def _when(test: Node, share: Fraction) -> Node:
    added = Node("sum", children=[variable(SCORE), number(share)])
    result = Node("setOutcomeValue", {"identifier": SCORE}, [added])
    return Node("responseCondition", children=[Node("responseIf", children=[test, result])])
