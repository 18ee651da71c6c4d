"""Pieces of a course while they are written: names, fingerprints, and what a screen may hold."""

import json
import re
from dataclasses import replace
from hashlib import sha256

from kith.methods.learning.banks.bank import slug
from kith.methods.learning.courses.findings import Findings
from kith.methods.learning.courses.schema import Part, Screen, Stamp, Vignette, questions_in
from kith.methods.learning.courses.stamps import (
    languages_in,
    question_fingerprint,
    screen_fingerprint,
)
from kith.methods.learning.courses.texts import cut_text
from kith.methods.learning.questions.schema import ENGLISH, Essay, Question

LONGEST_NAME = 48
KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def fingerprint(piece: object) -> str:
    """Of plain values: two people who read the same see the same."""
    text = json.dumps(piece, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()[:24]


def name_for(words: str, taken: set[str], usual: str = "screen") -> str:
    """A name of small letters, digits and hyphens that nothing else has."""
    wish = slug(words)[:LONGEST_NAME].strip("-") or usual
    found, number = wish, 2
    while found in taken:
        found, number = f"{wish}-{number}", number + 1
    return found


def bodied(heading: str, body: str) -> tuple[str, str] | None:
    """Heading and body as a file would keep them; None where they would be several screens."""
    line = " ".join(heading.split())
    found = Findings("")
    cuts = cut_text(f"## {line} {{#name}}\n\n{body}", found)
    if len(cuts) != 1 or found.found:
        return None
    return cuts[0].heading, cuts[0].body


def without_languages(part: Part) -> Part:
    """The part without texts that are empty, and without stamps of what is gone."""
    known = {one.key for one in questions_in(part)}
    stamps = tuple(one for one in part.stamps if one.question in known and one.made_from)
    return replace(part, screens=tuple(map(_spoken, part.screens)), stamps=stamps)


def _spoken(screen: Screen) -> Screen:
    body = {code: text for code, text in screen.body.items() if text or code == ENGLISH}
    return replace(
        screen,
        body=body,
        heading={code: text for code, text in screen.heading.items() if code in body},
        made_from={code: made for code, made in screen.made_from.items() if code in body},
    )


def noted_screen(screen: Screen) -> Screen:
    """The screen, with today's English noted for translations of which nothing was noted yet.

    Whoever changes the English next makes them stale, as they should be.
    """
    now = screen_fingerprint(screen)
    made = {code: now for code in screen.body if code != ENGLISH}
    return replace(screen, made_from={**made, **screen.made_from})


def noted_question(part: Part, question: Question) -> Part:
    """The same for a question or a task."""
    now = question_fingerprint(question)
    made = {code: now for code in languages_in(question) if code != ENGLISH}
    old = stamp_of(part, question.key)
    return stamped(part, question.key, {**made, **old})


def stamp_of(part: Part, key: str) -> dict[str, str]:
    """Language -> fingerprint of the English that a question was translated from."""
    return next((dict(one.made_from) for one in part.stamps if one.question == key), {})


def stamped(part: Part, key: str, made_from: dict[str, str]) -> Part:
    """The part with another note about one question."""
    rest = [one for one in part.stamps if one.question != key]
    order = {one.key: at for at, one in enumerate(questions_in(part))}
    stamps = [*rest, Stamp(key, made_from)] if made_from else rest
    return replace(part, stamps=tuple(sorted(stamps, key=lambda one: order.get(one.question, -1))))


def with_questions(part: Part, questions: tuple[Question, ...]) -> Part:
    """The part with other questions, or other tasks where it is a story."""
    if isinstance(part, Vignette):
        return replace(part, tasks=tuple(_task(one) for one in questions if isinstance(one, Essay)))
    return replace(part, questions=questions)


def _task(essay: Essay) -> Essay:
    """What a story keeps of an open question."""
    return Essay(
        key=essay.key,
        stem=essay.stem,
        words=essay.words,
        criteria=essay.criteria,
        example=essay.example,
        notes=essay.notes,
    )
