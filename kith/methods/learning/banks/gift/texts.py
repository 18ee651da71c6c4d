"""Texts of GIFT: [html], [markdown], [moodle] and [plain] as Markdown or plain text."""

import re

from kith.methods.learning.banks.bank import words
from kith.methods.learning.banks.gift.signs import shown
from kith.methods.learning.banks.markdown import from_html, from_markdown, from_plain, to_plain
from kith.methods.learning.banks.notes import Notes
from kith.methods.learning.questions.schema import Words

FORMAT = re.compile(r"\s*\[(html|markdown|moodle|plain)\]", re.IGNORECASE)
MOODLE = "moodle"


class Texts:
    """Texts of one question; its answers are in the format of its stem unless they say."""

    def __init__(self, notes: Notes, language: str) -> None:
        self.notes, self.language = notes, language
        self._format = MOODLE

    def stem(self, text: str) -> str:
        if found := FORMAT.match(text):
            self._format = found[1].lower()
        return self.markdown(text)

    def markdown(self, text: str) -> str:
        found = FORMAT.match(text)
        kind = found[1].lower() if found else self._format
        plain = shown(text[found.end() :] if found else text)
        if kind == "markdown":
            return from_markdown(plain, self.notes)
        if kind == "plain":
            return from_plain(plain)
        return from_html(plain.replace("\n", "<br>") if kind == MOODLE else plain, self.notes)

    def words(self, text: str) -> Words:
        return words(self.language, self.markdown(text))

    def plain(self, text: str) -> str:
        """A text without marks: what is typed, or stands on a list."""
        found = FORMAT.match(text)
        return to_plain(self.markdown(text)) if found else shown(text)
