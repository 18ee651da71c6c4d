"""The conditions of QTI 1.2: which responses give points, and what is said then."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.numbers import plain_number
from kith.methods.learning.questions.schema import NONE

USUAL_MAXIMUM = Fraction(100)


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison: varequal, varsubstring, vargte, varlte …, and whether it must not hold."""

    kind: str
    response: str
    value: str
    is_not: bool = False
    case: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """points: a share of the whole; adds: whether it is one of several. said: what is shown."""

    tests: tuple[Test, ...]
    points: Fraction
    adds: bool
    said: tuple[str, ...]

    @property
    def wanted(self) -> list[Test]:
        return [one for one in self.tests if not one.is_not]


def conditions(item: Node) -> list[Condition]:
    node = item.find("resprocessing") or Node("")
    outcomes = [one for one in node.walk() if one.tag == "decvar"]
    most = next((plain_number(one.get("maxvalue")) for one in outcomes), None) or USUAL_MAXIMUM
    return [_condition(one, most) for one in node.all("respcondition")]


def _condition(node: Node, most: Fraction) -> Condition:
    sets = node.all("setvar")
    points = [plain_number(one.text.strip()) or NONE for one in sets]
    return Condition(
        tests=tuple(_tests(node.find("conditionvar") or Node(""), is_not=False)),
        points=max(-Fraction(1), min(Fraction(1), sum(points, NONE) / most)),
        adds=any(one.get("action") == "Add" for one in sets),
        said=tuple(one.get("linkrefid") for one in node.all("displayfeedback")),
    )


def _tests(node: Node, *, is_not: bool) -> Iterator[Test]:
    for one in node.nodes:
        if one.tag.startswith("var"):
            case = one.get("case").lower() == "yes"
            yield Test(one.tag, one.get("respident"), one.text.strip(), is_not, case)
        else:
            yield from _tests(one, is_not=is_not != (one.tag == "not"))
