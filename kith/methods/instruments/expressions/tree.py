"""An expression as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """'text' or 3.5"""

    value: str | float


@dataclass(frozen=True, slots=True)
class Reference:
    """${name}: the answer to another question."""

    name: str


@dataclass(frozen=True, slots=True)
class Current:
    """A point: the answer to this question."""


@dataclass(frozen=True, slots=True)
class Parent:
    """Two points, as in position(..): the repeat around this question."""


@dataclass(frozen=True, slots=True)
class Column:
    """A bare name: a column of the choices, in a choice filter only."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation:
    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Operation:
    symbol: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: "tuple[Expression, ...]"


Expression = Literal | Reference | Current | Parent | Column | Negation | Operation | Call


def walk(tree: Expression) -> Iterator[Expression]:
    """The tree and every part of it."""
    yield tree
    for part in _parts(tree):
        yield from walk(part)


def references(tree: Expression) -> frozenset[str]:
    """Names of the questions that are asked for."""
    return frozenset(one.name for one in walk(tree) if isinstance(one, Reference))


def columns(tree: Expression) -> frozenset[str]:
    """Bare names, which mean columns of the choices."""
    return frozenset(one.name for one in walk(tree) if isinstance(one, Column))


def _parts(tree: Expression) -> "tuple[Expression, ...]":
    if isinstance(tree, Negation):
        return (tree.operand,)
    if isinstance(tree, Operation):
        return (tree.left, tree.right)
    return tree.arguments if isinstance(tree, Call) else ()
