"""Strict reading of the content that rooms ship as data: TOML in, frozen dataclasses out.

A key that no dataclass has a field for is refused, so no line of a content file is without effect.
"""

import string
import tomllib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, ClassVar, TypeVar

T = TypeVar("T")

FALLBACK_LANGUAGE = "en"


class ContentFault(Exception):
    """A content file says something that no code expects, or leaves something out."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key or 'the file'}: {problem}")
        self.file = file
        self.key = key
        self.problem = problem


class Unfit(ValueError):
    """Raised by a dataclass about one of its own fields; the reader adds the file and the place."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


@dataclass(frozen=True)
class Text:
    """One text in several languages. English is always there and is the fallback."""

    by_language: Mapping[str, str]

    required: ClassVar[frozenset[str]] = frozenset({FALLBACK_LANGUAGE})

    def say(self, language: str, **names: str) -> str:
        return _in_language(self.by_language, language).format(**names)


class StaffText(Text):
    """Read by coordinators, mentors and other staff."""

    required = frozenset({"en", "pl"})


class ParticipantText(Text):
    """Read by participants too."""

    required = frozenset({"en", "pl", "ar"})


@dataclass(frozen=True)
class ParticipantSentences:
    """A few short sentences in several languages, one below the other."""

    by_language: Mapping[str, tuple[str, ...]]

    required: ClassVar[frozenset[str]] = ParticipantText.required

    def say(self, language: str, **names: str) -> tuple[str, ...]:
        sentences = _in_language(self.by_language, language)
        return tuple(sentence.format(**names) for sentence in sentences)


@dataclass(frozen=True)
class Pictogram:
    """A picture that stands beside words, never in place of them."""

    key: str
    label: ParticipantText


def read_content(path: Path, kind: type[T], *, fault: type[ContentFault] = ContentFault) -> T:
    """The file as one `kind`. Raises `fault` with the file, the key and what is wrong with it."""
    place = _Place(file=path.name, key="", fault=fault)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise place.fault_for("there is no such file") from error
    except tomllib.TOMLDecodeError as error:
        raise place.fault_for(f"not valid TOML ({error})") from error
    return typing.cast(T, _record(kind, table, place))


def read_table(
    table: Mapping[str, Any],
    kind: type[T],
    *,
    name: str,
    instead: T | None = None,
    fault: type[ContentFault] = ContentFault,
) -> T:
    """A table that `as_table` gave as one `kind`, as strictly as a file; `name` stands in faults.

    instead  from here comes what a table of an older Kith could not hold yet
    """
    whole = dict(table) if instead is None else _completed(table, instead)
    return typing.cast(T, _record(kind, whole, _Place(file=name, key="", fault=fault)))


def as_table(record: Any) -> dict[str, Any]:
    """Content as plain values to store; what is left out of a file is left out here too."""
    values = {field.name: _stored(getattr(record, field.name)) for field in fields(record)}
    return {name: value for name, value in values.items() if value is not None}


def _stored(value: object) -> object:
    if isinstance(value, (Text, ParticipantSentences)):
        return {language: _stored(said) for language, said in value.by_language.items()}
    if isinstance(value, tuple):
        return [_stored(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return as_table(value) if is_dataclass(value) else value


def placeholders(text: str) -> frozenset[str]:
    """The names that stand in braces in a text: `{partner}`."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def _completed(table: Mapping[str, Any], instead: Any) -> dict[str, Any]:
    """The table with the required keys it lacks; what may be left out stays left out."""
    hints = typing.get_type_hints(type(instead))
    found = dict(table)
    for key, expected in hints.items():
        own, spare = found.get(key), getattr(instead, key, None)
        if key not in found:
            if types.NoneType not in typing.get_args(expected):
                found[key] = _stored(spare)
        elif isinstance(own, Mapping) and _is_record(spare):
            found[key] = _completed(own, spare)
        elif isinstance(own, list) and isinstance(spare, tuple):
            found[key] = _completed_lines(own, spare)
    return found


def _is_record(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, (Text, ParticipantSentences))


def _completed_lines(lines: list[Any], instead: tuple[Any, ...]) -> list[Any]:
    """Lines of a list are the same when they have the same key."""
    spare = {one.key: one for one in instead if hasattr(one, "key")}
    return [
        _completed(line, spare[line["key"]])
        if isinstance(line, Mapping) and "key" in line and line["key"] in spare
        else line
        for line in lines
    ]


@dataclass(frozen=True)
class _Place:
    file: str
    key: str
    fault: type[ContentFault]

    def inside(self, key: str | int) -> "_Place":
        joined = f"{self.key}.{key}" if self.key else str(key)
        return _Place(file=self.file, key=joined, fault=self.fault)

    def fault_for(self, problem: str) -> ContentFault:
        return self.fault(self.file, self.key, problem)


def _in_language(by_language: Mapping[str, T], language: str) -> T:
    main_language = language.split("-", maxsplit=1)[0]
    return by_language.get(main_language, by_language[FALLBACK_LANGUAGE])


def _convert(kind: Any, value: object, place: _Place) -> object:
    kind = _without_none(kind)
    if typing.get_origin(kind) is tuple:
        return _items(typing.get_args(kind)[0], value, place)
    for family, read in ((Text, _text), (ParticipantSentences, _sentences), (Enum, _member)):
        if issubclass(kind, family):
            return read(kind, value, place)
    return _record(kind, value, place) if is_dataclass(kind) else _plain(kind, value, place)


def _without_none(kind: Any) -> Any:
    if typing.get_origin(kind) not in (typing.Union, types.UnionType):
        return kind
    return next(part for part in typing.get_args(kind) if part is not types.NoneType)


def _record(kind: Any, value: object, place: _Place) -> object:
    table = _table(value, place)
    hints = typing.get_type_hints(kind)
    known = {field.name: hints[field.name] for field in fields(kind)}
    _require_known_and_complete(known, table, place)
    values = {
        key: _convert(expected, table[key], place.inside(key)) if key in table else None
        for key, expected in known.items()
    }
    try:
        return kind(**values)
    except Unfit as unfit:
        raise place.inside(unfit.key).fault_for(unfit.problem) from unfit


def _require_known_and_complete(
    known: Mapping[str, Any], table: Mapping[str, object], place: _Place
) -> None:
    for key in table:
        if key not in known:
            raise place.inside(key).fault_for("no code reads this key")
    for key, expected in known.items():
        if key not in table and types.NoneType not in typing.get_args(expected):
            raise place.inside(key).fault_for("this key is missing")


def _table(value: object, place: _Place) -> dict[str, object]:
    if not isinstance(value, dict):
        raise place.fault_for("a table is expected here")
    return value


def _items(kind: Any, value: object, place: _Place) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise place.fault_for("a list is expected here")
    return tuple(
        _convert(kind, item, place.inside(number)) for number, item in enumerate(value, start=1)
    )


def _text(kind: type[Text], value: object, place: _Place) -> Text:
    table = _table(value, place)
    _require_languages(kind.required, table, place)
    texts = {
        language: typing.cast(str, _plain(str, text, place.inside(language)))
        for language, text in table.items()
    }
    _require_same_placeholders({language: (text,) for language, text in texts.items()}, place)
    return kind(types.MappingProxyType(texts))


def _sentences(
    kind: type[ParticipantSentences], value: object, place: _Place
) -> ParticipantSentences:
    table = _table(value, place)
    _require_languages(kind.required, table, place)
    texts = {
        language: typing.cast("tuple[str, ...]", _items(str, sentences, place.inside(language)))
        for language, sentences in table.items()
    }
    _require_same_placeholders(texts, place)
    return kind(types.MappingProxyType(texts))


def _require_languages(required: Iterable[str], table: Mapping[str, object], place: _Place) -> None:
    for language in sorted(required):
        if language not in table:
            raise place.inside(language).fault_for("this language is missing")


def _require_same_placeholders(texts: Mapping[str, tuple[str, ...]], place: _Place) -> None:
    expected = _all_placeholders(texts[FALLBACK_LANGUAGE])
    for language, sentences in texts.items():
        if _all_placeholders(sentences) != expected:
            raise place.inside(language).fault_for("other names in braces than the English text")


def _all_placeholders(sentences: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for sentence in sentences for name in placeholders(sentence))


def _member(kind: type[Enum], value: object, place: _Place) -> Enum:
    for member in kind:
        if member.value == value:
            return member
    allowed = ", ".join(str(member.value) for member in kind)
    raise place.fault_for(f"{value!r} is not one of: {allowed}")


def _plain(kind: Any, value: object, place: _Place) -> object:
    # `type(...) is` on purpose: in Python True is also an int.
    if type(value) is not kind:
        raise place.fault_for(f"{kind.__name__} is expected here, not {value!r}")
    if isinstance(value, str):
        _require_clean(value, place)
    return value


def _require_clean(text: str, place: _Place) -> None:
    if not text or text != text.strip():
        raise place.fault_for("the text is empty or has blanks around it")
    try:
        names = placeholders(text)
    except ValueError as error:
        raise place.fault_for(f"braces do not close ({error})") from error
    if not all(name.isidentifier() for name in names):
        raise place.fault_for("braces hold something that is not a name")
