"""The texts of a course piece by piece, English beside another language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from kith.learning.rules.pieces import stamp_of, stamped, with_questions
from kith.methods.learning.courses.schema import Course, Module, Part, Screen, questions_in
from kith.methods.learning.courses.stamps import (
    is_stale,
    question_fingerprint,
    screen_fingerprint,
    stale_questions,
)
from kith.methods.learning.questions.schema import (
    ALL,
    ENGLISH,
    NONE,
    Accepted,
    Question,
    Words,
)

Record = TypeVar("Record")
RIGHT, WRONG = "right", "wrong"
OF_COURSE = ("title", "summary", "for_whom", "outcomes")


class Place(StrEnum):
    """Where a piece stands in a part."""

    ABOUT = "about"
    SCREEN = "screen"
    QUESTION = "question"


class Done(StrEnum):
    """Whether a piece is translated."""

    MISSING = "missing"
    STALE = "stale"
    THERE = "there"


@dataclass(frozen=True)
class Text:
    """One text to translate. path: such as options.2.why; lists have one entry on each line."""

    path: str
    english: str
    other: str
    is_list: bool = False


@dataclass(frozen=True)
class Piece:
    """What is translated and saved together."""

    place: Place
    name: str
    title: Words
    done: Done


def course_texts(course: Course, language: str) -> list[Text]:
    """The texts about the whole course."""
    found = [*_texts(course, language)]
    return [one for one in found if one.path.partition(".")[0] in OF_COURSE]


def with_course_texts(course: Course, language: str, typed: Mapping[str, str]) -> Course:
    return _with(course, language, typed, "")


def course_done(course: Course, language: str) -> Done:
    return _there(course_texts(course, language))


def pieces(part: Part, language: str) -> list[Piece]:
    """All pieces of a module or a story with their state."""
    about = Piece(Place.ABOUT, "-", part.title, _there(about_texts(part, language)))
    screens = [
        Piece(Place.SCREEN, one.name, one.heading, _screen_done(one, language))
        for one in part.screens
    ]
    stale = set(stale_questions(part, language))
    questions = [
        Piece(Place.QUESTION, one.key, one.stem, _question_done(one, language, stale))
        for one in questions_in(part)
    ]
    return [about, *screens, *questions]


def texts_at(part: Part, place: Place, name: str, language: str) -> list[Text] | None:
    """The texts of one piece; None where there is no such piece."""
    if place is Place.ABOUT:
        return about_texts(part, language)
    if place is Place.SCREEN:
        screen = part.screen(name)
        return None if screen is None else _screen_texts(screen, language)
    question = next((one for one in questions_in(part) if one.key == name), None)
    return None if question is None else [*_texts(question, language)]


def with_texts(
    part: Part, place: Place, name: str, language: str, typed: Mapping[str, str]
) -> Part:
    """The part with a piece in a language as typed, made from the English of now."""
    if place is Place.ABOUT:
        return _with_about(part, language, typed)
    if place is Place.SCREEN:
        screens = tuple(
            _with_screen(one, language, typed) if one.name == name else one for one in part.screens
        )
        return replace(part, screens=screens)
    questions = tuple(
        _with(one, language, typed, "") if one.key == name else one for one in questions_in(part)
    )
    question = next(one for one in questions if one.key == name)
    made = {code: one for code, one in stamp_of(part, name).items() if code != language}
    if any(typed.values()):
        made[language] = question_fingerprint(question)
    return stamped(with_questions(part, questions), name, made)


def about_texts(part: Part, language: str) -> list[Text]:
    words = {"title": part.title} | ({"aim": part.aim} if isinstance(part, Module) else {})
    return [Text(key, one.get(ENGLISH, ""), one.get(language, "")) for key, one in words.items()]


def _with_about(part: Part, language: str, typed: Mapping[str, str]) -> Part:
    new: dict[str, Any] = {"title": _worded(part.title, language, typed.get("title", ""))}
    if isinstance(part, Module):
        new["aim"] = _worded(part.aim, language, typed.get("aim", ""))
    return replace(part, **new)


def _screen_texts(screen: Screen, language: str) -> list[Text]:
    return [
        Text(key, words.get(ENGLISH, ""), words.get(language, ""))
        for key, words in (("heading", screen.heading), ("body", screen.body))
    ]


def _with_screen(screen: Screen, language: str, typed: Mapping[str, str]) -> Screen:
    return replace(
        screen,
        heading=_worded(screen.heading, language, typed.get("heading", "")),
        body=_worded(screen.body, language, typed.get("body", "")),
        made_from={**screen.made_from, language: screen_fingerprint(screen)},
    )


def _screen_done(screen: Screen, language: str) -> Done:
    if not screen.body.get(language) or not screen.heading.get(language):
        return Done.MISSING
    return Done.STALE if is_stale(screen, language) else Done.THERE


def _question_done(question: Question, language: str, stale: set[str]) -> Done:
    there = _there([*_texts(question, language)])
    return Done.STALE if there is Done.THERE and question.key in stale else there


def _there(texts: list[Text]) -> Done:
    lacks = any(one.english and not one.other for one in texts)
    return Done.MISSING if lacks else Done.THERE


def _worded(words: Words, language: str, text: str) -> dict[str, str]:
    rest = {code: one for code, one in words.items() if code != language}
    return {**rest, language: text} if text else rest


def _texts(record: Any, language: str, before: str = "") -> Iterator[Text]:
    """Every text of a record that there is in English, with where it stands."""
    for one in fields(record):
        yield from _texts_in(getattr(record, one.name), language, f"{before}{one.name}")


def _texts_in(value: Any, language: str, path: str) -> Iterator[Text]:
    if isinstance(value, Mapping):
        if value.get(ENGLISH):
            yield Text(path, value[ENGLISH], value.get(language, ""))
    elif isinstance(value, tuple) and value and isinstance(value[0], Accepted):
        yield from _lists(value, language, path)
    elif isinstance(value, tuple):
        for number, one in enumerate(value, start=1):
            yield from _texts_in(one, language, f"{path}.{number}")
    elif is_dataclass(value):
        yield from _texts(value, language, f"{path}.")


def _lists(answers: tuple[Accepted, ...], language: str, path: str) -> Iterator[Text]:
    for side, is_right in ((RIGHT, True), (WRONG, False)):
        english, other = (
            "\n".join(
                one.text
                for one in answers
                if one.language == code and (one.weight == ALL) == is_right
            )
            for code in (ENGLISH, language)
        )
        if english:
            yield Text(f"{path}.{side}", english, other, is_list=True)


def _with(record: Record, language: str, typed: Mapping[str, str], before: str) -> Record:
    changed = {
        one.name: _with_in(getattr(record, one.name), language, typed, f"{before}{one.name}")
        for one in fields(record)  # type: ignore[arg-type]
    }
    return replace(record, **changed)  # type: ignore[type-var]


def _with_in(value: Any, language: str, typed: Mapping[str, str], path: str) -> Any:
    if isinstance(value, Mapping):
        return _worded(value, language, typed[path]) if path in typed else value
    if isinstance(value, tuple) and value and isinstance(value[0], Accepted):
        return _with_lists(value, language, typed, path)
    if isinstance(value, tuple):
        return tuple(
            _with_in(one, language, typed, f"{path}.{number}")
            for number, one in enumerate(value, start=1)
        )
    return _with(value, language, typed, f"{path}.") if is_dataclass(value) else value


def _with_lists(
    answers: tuple[Accepted, ...], language: str, typed: Mapping[str, str], path: str
) -> tuple[Accepted, ...]:
    rest = [one for one in answers if one.language != language]
    new = [
        Accepted(line.strip(), language, weight)
        for side, weight in ((RIGHT, ALL), (WRONG, NONE))
        for line in typed.get(f"{path}.{side}", "").splitlines()
        if line.strip()
    ]
    return (*rest, *new)
