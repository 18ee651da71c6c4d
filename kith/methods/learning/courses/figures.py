"""How much a module holds, counted."""

from dataclasses import dataclass
from fractions import Fraction

from kith.methods.learning.courses.blocks import plain_words
from kith.methods.learning.courses.boxes import ACTIVITY, EXAMPLE, Boxes, boxes_in
from kith.methods.learning.courses.schema import Module, Part, Vignette, questions_in
from kith.methods.learning.questions.schema import ENGLISH

WORDS_A_MINUTE = 130
SECONDS_A_QUESTION = 40
HONEST = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted in one module, unit or vignette.

    words    language -> number, headings among them
    minutes  as it says itself
    counted  minutes by counting; None for a vignette
    """

    key: str
    words: dict[str, int]
    screens: int
    examples: int
    activities: tuple[int, ...]
    questions: int
    minutes: int
    counted: int | None


def figures_of(part: Part, *, quiz_questions: int) -> Figures:
    boxes = english_boxes(part)
    return Figures(
        key=part.key,
        words=words_of(part),
        screens=len(part.screens),
        examples=sum(len(one.of(EXAMPLE)) for one in boxes),
        activities=tuple(box.minutes or 0 for one in boxes for box in one.of(ACTIVITY)),
        questions=len(questions_in(part)),
        minutes=part.minutes,
        counted=None
        if isinstance(part, Vignette)
        else round(counted_minutes(part, quiz_questions=quiz_questions)),
    )


def words_of(part: Part) -> dict[str, int]:
    """Language -> words of all screens, headings among them."""
    found: dict[str, int] = {}
    for screen in part.screens:
        for language, body in screen.body.items():
            words = plain_words(f"{screen.heading.get(language, '')}\n{body}")
            found[language] = found.get(language, 0) + len(words)
    return found


def counted_minutes(module: Module, *, quiz_questions: int) -> Fraction:
    """Minutes of reading the English text, of its activities and of a quiz."""
    reading = Fraction(words_of(module).get(ENGLISH, 0), WORDS_A_MINUTE)
    activities = sum(one.activity_minutes for one in english_boxes(module))
    return reading + activities + Fraction(quiz_questions * SECONDS_A_QUESTION, 60)


def honest_minutes(counted: Fraction) -> tuple[int, int]:
    """The fewest and the most whole minutes that a module may say it takes."""
    least, most = counted * (1 - HONEST), counted * (1 + HONEST)
    return -(-least.numerator // least.denominator), int(most)


def english_boxes(part: Part) -> list[Boxes]:
    return [boxes_in(screen.body.get(ENGLISH, "")) for screen in part.screens]
