"""What an item declares: right responses, shares of points, and how it is marked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from kith.methods.learning.banks.notes import Notes
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.numbers import plain_number
from kith.methods.learning.questions.schema import ALL, NONE

NEAR = Fraction(1, 10**9)
MARKED_BY_HAND = {"externalScored", "externalMachine"}


@dataclass(frozen=True, slots=True)
class Declared:
    """One response: its right values, its mapping, and whether capitals matter in it."""

    base: str = ""
    cardinality: str = "single"
    correct: tuple[str, ...] = ()
    mapped: Mapping[str, Fraction] = field(default_factory=dict)
    usual: Fraction = NONE
    case: frozenset[bool] = frozenset()


@dataclass(frozen=True, slots=True)
class Marking:
    """How an item is marked.

    by_mapping  the mapping counts, so part of the points can be had
    by_place    each place of an order counts
    tolerances  response -> how far a number may be off
    """

    by_mapping: bool = False
    by_place: bool = False
    tolerances: Mapping[str, Fraction] = field(default_factory=dict)


def declared(item: Node) -> dict[str, Declared]:
    return {one.get("identifier"): _declared(one) for one in item.all("responseDeclaration")}


def _declared(node: Node) -> Declared:
    mapping = node.find("mapping") or Node("")
    entries = [*mapping.all("mapEntry")]
    correct = node.find("correctResponse") or Node("")
    return Declared(
        base=node.get("baseType"),
        cardinality=node.get("cardinality", "single"),
        correct=tuple(one.text.strip() for one in correct.all("value")),
        mapped={one.get("mapKey").strip(): share_read(one.get("mappedValue")) for one in entries},
        usual=share_read(mapping.get("defaultValue", "0")),
        # 2.x says nothing and means false, 3.0 as well.
        case=frozenset(one.get("caseSensitive", "false") == "true" for one in entries),
    )


def share_read(text: str) -> Fraction:
    """A number of points: 0.333333333333 is 1/3. Nothing where it is no number."""
    number = plain_number(text)
    if number is None:
        return NONE
    near = number.limit_denominator(1000)
    return near if abs(near - number) < NEAR else number


def marking(item: Node, responses: Mapping[str, Declared], notes: Notes) -> Marking:
    """How the responses become points, as far as it is one of the usual ways."""
    node = item.find("responseProcessing")
    mapped = any(one.mapped for one in responses.values())
    if node is None:
        return Marking(by_mapping=mapped)
    template = node.get("template").rpartition("/")[2].removesuffix(".xml")
    tags = {one.tag for one in node.walk()}
    if "map_response" in template or "mapResponse" in tags:
        return Marking(by_mapping=True, tolerances=_tolerances(node))
    if "match_correct" in template or template.startswith("CC2_match"):
        return Marking()
    if not tags & {"match", "equal", "stringMatch"} and not _by_hand(item):
        notes.add("processing_not_read", line=node.line)
        return Marking(by_mapping=mapped)
    return Marking(by_place="index" in tags, tolerances=_tolerances(node))


def _by_hand(item: Node) -> bool:
    return any(one.tag == "extendedTextInteraction" for one in item.walk())


def _tolerances(node: Node) -> dict[str, Fraction]:
    found = {}
    for equal in (one for one in node.walk() if one.tag == "equal"):
        variable = equal.find("variable")
        around = plain_number(equal.get("tolerance", "0").split(" ")[0])
        if variable is not None and equal.get("toleranceMode") == "absolute" and around:
            found[variable.get("identifier")] = abs(around)
    return found


def weights(keys: list[str], said: Declared, *, by_mapping: bool) -> list[Fraction]:
    """The weight of each choice, so that all right ones together give 1."""
    several = said.cardinality != "single"
    if by_mapping and said.mapped:
        points = [said.mapped.get(key, said.usual) for key in keys]
        above = [one for one in points if one > 0]
        whole = (sum(above, NONE) if several else max(above, default=NONE)) or ALL
        return [max(-ALL, one / whole) for one in points]
    right = [key in said.correct for key in keys]
    if not several:
        return [Fraction(one) for one in right]
    up = Fraction(1, max(sum(right), 1))
    down = Fraction(1, max(len(right) - sum(right), 1))
    return [up if one else -down for one in right]
