"""What is wrong with written questions: a reason with parameters and one English sentence.

Pages translate by reason and fill in the same parameters.
"""

from dataclasses import dataclass, field

SENTENCES: dict[str, str] = {
    "file_unreadable": "This file cannot be read: {said}",
    "key_missing": "It is missing.",
    "key_unknown": "Nothing reads this key.",
    "key_wrong": "It needs {needs}.",
    "key_twice": "Another question has this key already.",
    "kind_unknown": "“{kind}” is no kind of question.",
    "language_missing": "There is no text in the language “{language}”.",
    "gaps_differ": "The text in “{language}” needs {gaps} exactly once each.",
    "nothing_right": "No answer is right.",
    "points_missing": "The right options together give less than all points.",
    "too_many_right": "Only one option may be right.",
    "number_of_parts": "There are {found}; there should be {least} to {most}.",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to change.

    question  its key, or its number in the file where it has none; empty for the file
    key       such as options.2.why
    """

    question: str
    key: str
    reason: str
    params: dict[str, str | int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The English sentence. Pages have their own for each reason."""
        return SENTENCES[self.reason].format(**self.params)

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.question, self.key) if part)
        return f"{place}: {self.sentence}" if place else self.sentence


class Faults:
    """Collects the faults of one question."""

    def __init__(self, question: str) -> None:
        self.question = question
        self.found: list[Fault] = []

    def add(self, key: str, reason: str, **params: str | int) -> None:
        self.found.append(Fault(self.question, key, reason, params))
