"""The questions of a module and the tasks of a story: written, taken from files, taken out."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.parts import Gone, TooMuch, edit, unchanged
from kith.learning.models import CoursePart
from kith.learning.permissions import WRITE_COURSES
from kith.learning.rules.pieces import (
    KEY,
    LONGEST_NAME,
    name_for,
    noted_question,
    stamp_of,
    stamped,
    with_questions,
)
from kith.methods.learning.courses.schema import Part, Vignette, questions_in
from kith.methods.learning.questions.schema import ENGLISH, Essay, Question, say
from kith.methods.learning.questions.stored import to_plain

MOST_QUESTIONS = 400


class QuestionKeyTaken(Refused):
    """Answers are kept under the key."""

    sentence = _("Another question here has this key already. Give it another one.")


class KeyUnusable(Refused):
    """A key stands in addresses."""

    sentence = _("A key is made of small letters, digits and hyphens, 48 at most.")


class NotATask(Refused):
    """A trainer reads what learners wrote about a story."""

    sentence = _("A story has open tasks only: kind = “essay”.")


class OpenInABank(Refused):
    """A quiz is marked at once."""

    sentence = _("Open tasks belong to stories. A quiz asks only what can be marked at once.")


@command(WRITE_COURSES, on="part")
def add_question(actor: Actor, *, part: CoursePart, question: Question) -> CoursePart:
    """A question at the end.

    Raises NotADraft, QuestionKeyTaken, KeyUnusable, NotATask, OpenInABank, TooMuch.
    """

    def changed(old: Part) -> Part:
        _fits(old, question)
        if any(one.key == question.key for one in questions_in(old)):
            raise QuestionKeyTaken
        return _grown(old, [question])

    return edit(part, changed)


@command(WRITE_COURSES, on="part")
def save_question(
    actor: Actor, *, part: CoursePart, key: str, question: Question, seen: str
) -> CoursePart:
    """Write a question anew; `key` is the one it had.

    Raises NotADraft, Gone, ChangedMeanwhile, QuestionKeyTaken, KeyUnusable, NotATask, OpenInABank.
    """

    def changed(old: Part) -> Part:
        before = _question(old, key)
        unchanged(to_plain(before), seen)
        _fits(old, question)
        others = [one.key for one in questions_in(old) if one.key != key]
        if question.key in others:
            raise QuestionKeyTaken
        noted = noted_question(old, before)
        made = stamp_of(noted, key)
        renamed = with_questions(
            noted, tuple(question if one.key == key else one for one in questions_in(old))
        )
        return stamped(stamped(renamed, key, {}), question.key, made)

    return edit(part, changed)


@command(WRITE_COURSES, on="part")
def remove_question(actor: Actor, *, part: CoursePart, key: str) -> CoursePart:
    """Take a question out, in every language. Raises NotADraft, Gone."""

    def changed(old: Part) -> Part:
        _question(old, key)
        return with_questions(old, tuple(one for one in questions_in(old) if one.key != key))

    return edit(part, changed)


@command(WRITE_COURSES, on="part")
def take_questions(actor: Actor, *, part: CoursePart, questions: Iterable[Question]) -> int:
    """Questions from a file, each under a key of its own; gives how many.

    Raises NotADraft, NotATask, OpenInABank, TooMuch.
    """
    taken = list(questions)

    def changed(old: Part) -> Part:
        known = {one.key for one in questions_in(old)}
        named = []
        for one in taken:
            key = name_for(one.key or say(one.stem, ENGLISH), known, "question")
            known.add(key)
            named.append(replace(one, key=key))
            _fits(old, named[-1])
        return _grown(old, named)

    edit(part, changed)
    return len(taken)


def _grown(part: Part, more: list[Question]) -> Part:
    questions = (*questions_in(part), *more)
    if len(questions) > MOST_QUESTIONS:
        raise TooMuch
    return with_questions(part, questions)


def _question(part: Part, key: str) -> Question:
    found = next((one for one in questions_in(part) if one.key == key), None)
    if found is None:
        raise Gone
    return found


def _fits(part: Part, question: Question) -> None:
    if not KEY.fullmatch(question.key) or len(question.key) > LONGEST_NAME:
        raise KeyUnusable
    if isinstance(part, Vignette) and not isinstance(question, Essay):
        raise NotATask
    if not isinstance(part, Vignette) and isinstance(question, Essay):
        raise OpenInABank
