"""Which English wording a translation was made from: fingerprints, and the file that keeps them."""

import hashlib
import json
from collections.abc import Iterator, Mapping

from kith.methods.learning.courses.schema import (
    Part,
    Screen,
    Stamp,
    languages_of,
    questions_in,
)
from kith.methods.learning.questions.checks import texts_of
from kith.methods.learning.questions.schema import ENGLISH, Gapped, Question, Short, Words

FILE = "translated.toml"
SCREENS, QUESTIONS = "screens", "questions"
LENGTH = 16

Stamps = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Language -> screens or questions -> module/name -> fingerprint."""


def screen_fingerprint(screen: Screen) -> str:
    """Of its English heading and body; where lines break makes no difference."""
    return _fingerprint([screen.heading.get(ENGLISH, ""), screen.body.get(ENGLISH, "")])


def question_fingerprint(question: Question) -> str:
    """Of every English text of a question or task that is translated."""
    return _fingerprint(
        [f"{key}={words[ENGLISH]}" for key, words in translated_in(question) if ENGLISH in words]
    )


def translated_in(question: Question) -> Iterator[tuple[str, Words]]:
    """Every text of a question with its key, typed answers and lists of gaps among them."""
    yield from ((key, words) for key, words in texts_of(question) if words)
    lists = {}
    if isinstance(question, Short):
        lists["accepted"] = question.answers
    elif isinstance(question, Gapped):
        lists = {f"gaps.{at}": gap.answers for at, gap in enumerate(question.gaps, start=1)}
    for key, answers in lists.items():
        yield from ((f"{key}.{at}", {one.language: one.text}) for at, one in enumerate(answers, 1))


def stale_languages(screen: Screen) -> tuple[str, ...]:
    """Languages whose text was made from another English wording than there is now."""
    now = screen_fingerprint(screen)
    return tuple(
        one for one, made in screen.made_from.items() if one in screen.body and made != now
    )


def is_stale(screen: Screen, language: str) -> bool:
    return language in stale_languages(screen)


def stale_questions(part: Part, language: str) -> tuple[str, ...]:
    """Keys of questions or tasks whose text in a language was made from another wording."""
    now = {one.key: question_fingerprint(one) for one in questions_in(part)}
    return tuple(
        stamp.question
        for stamp in part.stamps
        if stamp.made_from.get(language, now.get(stamp.question)) != now.get(stamp.question)
    )


def languages_in(question: Question) -> tuple[str, ...]:
    """The languages in which it has any text, English first."""
    return languages_of({code: code for _key, words in translated_in(question) for code in words})


def stamps_for(parts: Mapping[str, Part], language: str) -> dict[str, dict[str, str]]:
    """What to note when every text in a language has just been made or looked through."""
    screens, questions = {}, {}
    for key, part in parts.items():
        for screen in part.screens:
            if language in screen.body:
                screens[f"{key}/{screen.name}"] = screen_fingerprint(screen)
        for question in questions_in(part):
            if language in languages_in(question):
                questions[f"{key}/{question.key}"] = question_fingerprint(question)
    return {SCREENS: screens, QUESTIONS: questions}


def made_from(stamps: Stamps, kind: str, place: str) -> dict[str, str]:
    """Language -> fingerprint of one screen or question."""
    return {
        code: kinds[kind][place] for code, kinds in stamps.items() if place in kinds.get(kind, {})
    }


def question_stamps(stamps: Stamps, key: str, questions: tuple[Question, ...]) -> tuple[Stamp, ...]:
    """The stamps of a module's questions, those without any left out."""
    found = ((one.key, made_from(stamps, QUESTIONS, f"{key}/{one.key}")) for one in questions)
    return tuple(Stamp(name, made) for name, made in found if made)


def _fingerprint(texts: list[str]) -> str:
    plain = json.dumps([" ".join(one.split()) for one in texts], ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:LENGTH]
