"""Questions as plain values that can be kept as JSON, and back. Nothing is lost on the way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, fields
from enum import Enum
from fractions import Fraction
from types import UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

from kith.methods.learning.questions.schema import KINDS, Kind, Question

Plain = dict[str, Any]


class BadStored(ValueError):
    """Plain values that are no question; says which key."""

    def __init__(self, key: str, needs: str) -> None:
        self.key = key
        super().__init__(f"{key}: {needs}")


def to_plain(question: Question) -> Plain:
    """The question as dictionaries, lists and texts; what is as usual is left out."""
    return {"kind": question.kind.value, **sparse(question)}


def from_plain(plain: object) -> Question:
    """The question that `to_plain` wrote. Raises BadStored on anything else."""
    if not isinstance(plain, Mapping):
        raise BadStored("question", "a table")
    kind = plain.get("kind")
    if kind not in list(Kind):
        raise BadStored("kind", "one of the kinds of questions")
    rest = {key: value for key, value in plain.items() if key != "kind"}
    return cast("Question", record(KINDS[Kind(kind)], rest, "question"))


def all_to_plain(questions: Iterable[Question]) -> list[Plain]:
    return [to_plain(one) for one in questions]


def all_from_plain(plain: object) -> tuple[Question, ...]:
    """Raises BadStored."""
    if not isinstance(plain, list):
        raise BadStored("questions", "a list")
    return tuple(map(from_plain, plain))


def sparse(record: Any) -> Plain:
    """A frozen dataclass as dictionaries, lists and texts; what is as usual is left out."""
    found = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if value != _usual(one):
            found[one.name] = _plain(value)
    return found


def _usual(one: Field[Any]) -> object:
    return one.default if one.default_factory is MISSING else one.default_factory()


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Question):
        return to_plain(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | None) else sparse(value)


def record(kind: type[Any], plain: object, key: str) -> Any:
    """The dataclass of a kind that `sparse` wrote. Raises BadStored on anything else."""
    if not isinstance(plain, Mapping):
        raise BadStored(key, "a table")
    known = {one.name: one for one in fields(kind)}
    for name in plain:
        if name not in known:
            raise BadStored(f"{key}.{name}", "not known")
    for name, one in known.items():
        needed = one.default is MISSING and one.default_factory is MISSING
        if needed and name not in plain:
            raise BadStored(f"{key}.{name}", "missing")
    types = get_type_hints(kind)
    return kind(**{name: _value(types[name], one, f"{key}.{name}") for name, one in plain.items()})


def _value(kind: Any, plain: Any, key: str) -> Any:
    origin = get_origin(kind)
    if origin is tuple:
        return _list(get_args(kind)[0], plain, key)
    if origin is UnionType:
        return None if plain is None else _value(get_args(kind)[0], plain, key)
    if origin is Mapping:
        return _words(plain, key)
    if kind in SIMPLE:
        return SIMPLE[kind](plain, key)
    if issubclass(kind, Enum):
        return _enum(kind, plain, key)
    return _question(kind, plain, key) if issubclass(kind, Question) else record(kind, plain, key)


def _question(kind: type[Question], plain: object, key: str) -> Question:
    found = from_plain(plain)
    if not isinstance(found, kind):
        raise BadStored(key, "a question of another kind")
    return found


def _list(kind: Any, plain: object, key: str) -> tuple[Any, ...]:
    if not isinstance(plain, list):
        raise BadStored(key, "a list")
    return tuple(_value(kind, one, f"{key}.{at}") for at, one in enumerate(plain, start=1))


def _words(plain: object, key: str) -> dict[str, str]:
    if not isinstance(plain, Mapping):
        raise BadStored(key, "a text for each language")
    if not all(isinstance(one, str) for pair in plain.items() for one in pair):
        raise BadStored(key, "a text for each language")
    return dict(plain)


def _enum(kind: type[Enum], plain: object, key: str) -> Enum:
    try:
        return kind(plain)
    except ValueError as fault:
        raise BadStored(key, "one of its values") from fault


def _fraction(plain: object, key: str) -> Fraction:
    try:
        if isinstance(plain, str):
            return Fraction(plain)
    except (ValueError, ZeroDivisionError):
        pass
    raise BadStored(key, "a number as a text, such as 1/3")


def _exactly(kind: type[Any], needs: str) -> Callable[[Any, str], Any]:
    def check(plain: Any, key: str) -> Any:
        if type(plain) is not kind:
            raise BadStored(key, needs)
        return plain

    return check


SIMPLE: dict[Any, Callable[[Any, str], Any]] = {
    str: _exactly(str, "a text"),
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
    Fraction: _fraction,
}
