"""A table of a TOML file, read key by key; what is wrong is collected, and nothing raises."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from kith.methods.learning.questions.faults import Faults
from kith.methods.learning.questions.schema import NONE, Words

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Table:
    """One table; keys that nobody asked for are faults once `close` is called."""

    def __init__(self, values: Mapping[str, Any], path: str, faults: Faults) -> None:
        self.values, self.path, self.faults = values, path, faults
        self._asked: set[str] = set()

    def fault(self, key: str, reason: str, **params: str | int) -> None:
        self.faults.add(".".join(part for part in (self.path, key) if part), reason, **params)

    def has(self, key: str) -> bool:
        return key in self.values

    def close(self) -> None:
        for key in self.values:
            if key not in self._asked:
                self.fault(key, "key_unknown")

    def text(self, key: str, usual: str = "") -> str:
        return str(self._of(key, str, usual, "a text"))

    def truth(self, key: str, *, usual: bool) -> bool:
        return bool(self._of(key, bool, usual, "true or false"))

    def whole(self, key: str, usual: int) -> int:
        found = self._of(key, int, usual, "a whole number of 0 or more")
        if found < 0:
            self.fault(key, "key_wrong", needs="a whole number of 0 or more")
            return usual
        return int(found)

    def number(self, key: str) -> Fraction | None:
        """The number there; None where there is none."""
        value = self._take(key)
        if value is None or (isinstance(value, int | Fraction) and not isinstance(value, bool)):
            return None if value is None else Fraction(value)
        self.fault(key, "key_wrong", needs="a number")
        return None

    def weight(self, key: str, usual: Fraction) -> Fraction:
        """A share of the points: a number, or a text such as 1/3."""
        value = self._take(key)
        if value is None:
            return usual
        try:
            found = Fraction(value) if isinstance(value, str | int | Fraction) else None
        except (ValueError, ZeroDivisionError):
            found = None
        if found is None or abs(found) > 1:
            self.fault(key, "key_wrong", needs="a share from -1 to 1, such as 0.5 or “1/3”")
            return usual
        return found

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._of(key, list, [], "a list of texts")
        if not all(isinstance(one, str) for one in value):
            self.fault(key, "key_wrong", needs="a list of texts")
            return ()
        return tuple(value)

    def words(self, key: str) -> Words:
        """A text for each language; none where the key is missing."""
        value = self._of(key, dict, {}, "a text for each language")
        return self._languages(value, key)

    def needed_words(self, key: str) -> Words:
        if not self.has(key):
            self.fault(key, "key_missing")
        return self.words(key)

    def own_words(self) -> Words:
        """The texts of a table whose keys are languages, beside those asked for before."""
        rest = {key: value for key, value in self.values.items() if key not in self._asked}
        found = {key: value for key, value in rest.items() if LANGUAGE.fullmatch(key)}
        self._asked.update(found)
        if not found:
            self.fault("en", "key_missing")
        return self._languages(found, "")

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """A list of texts for each language."""
        inner = Table(
            self._of(key, dict, {}, "a list for each language"), self._at(key), self.faults
        )
        return {language: inner.texts(language) for language in inner.values}

    def tables(self, key: str) -> tuple["Table", ...]:
        rows = self._of(key, list, [], "a list of tables")
        if not all(isinstance(one, dict) for one in rows):
            self.fault(key, "key_wrong", needs="a list of tables")
            return ()
        return tuple(
            Table(one, f"{self._at(key)}.{place}", self.faults)
            for place, one in enumerate(rows, start=1)
        )

    def needed_tables(self, key: str) -> tuple["Table", ...]:
        found = self.tables(key)
        if not found:
            self.fault(key, "key_missing")
        return found

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _take(self, key: str) -> Any:
        self._asked.add(key)
        return self.values.get(key)

    def _of(self, key: str, kind: type[Any], usual: Any, needs: str) -> Any:
        value = self._take(key)
        if value is None:
            return usual
        if type(value) is not kind:
            self.fault(key, "key_wrong", needs=needs)
            return usual
        return value

    def _languages(self, value: Mapping[str, Any], key: str) -> Words:
        for language, text in value.items():
            place = ".".join(part for part in (key, language) if part)
            if not LANGUAGE.fullmatch(language):
                self.fault(place, "key_unknown")
            elif not isinstance(text, str) or not text.strip():
                self.fault(place, "key_wrong", needs="a text")
        return {language: text.strip() for language, text in value.items() if isinstance(text, str)}


def share(whole: int) -> Fraction:
    return Fraction(1, whole) if whole else NONE
