"""The files of one course or unit while they are read, and what was found in each."""

import tomllib
from typing import Any

from kith.methods.learning.courses.files import MOST_BYTES, Files
from kith.methods.learning.courses.findings import Finding, Findings
from kith.methods.learning.courses.stamps import FILE, QUESTIONS, SCREENS, Stamps
from kith.methods.learning.questions.faults import Faults
from kith.methods.learning.questions.tables import LANGUAGE, Table


class Folder:
    """Keeps one collector of findings for each file."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self._collectors: dict[str, Findings] = {}
        self.stamps: Stamps = self._stamps()

    @property
    def found(self) -> list[Finding]:
        return [one for collector in self._collectors.values() for one in collector.found]

    def file(self, path: str) -> Findings:
        """The collector of a file."""
        if path not in self._collectors:
            text = self.files.get(path, b"").decode("utf-8-sig", errors="replace")
            self._collectors[path] = Findings(path, text)
        return self._collectors[path]

    def inside(self, path: str) -> list[str]:
        """Names in a folder, without those in folders of its own."""
        before = f"{path}/" if path else ""
        names = (one.removeprefix(before) for one in self.files if one.startswith(before))
        return [one for one in names if "/" not in one]

    def content(self, path: str) -> bytes | None:
        """None, and a fault, when there is no such file or too much in it."""
        content = self.files.get(path)
        if content is None:
            self.file(path).add("file_missing")
        elif len(content) > MOST_BYTES:
            self.file(path).add("file_too_large", most=MOST_BYTES // 1000)
            return None
        return content

    def text(self, path: str) -> str | None:
        content = self.content(path)
        try:
            return None if content is None else content.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            self.file(path).add("file_unreadable", said=str(fault))
            return None

    def table(self, path: str) -> tuple[Table | None, Findings]:
        """The table of a TOML file; its faults are taken by whoever closes it."""
        findings, text = self.file(path), self.text(path)
        values: dict[str, Any] | None = None
        try:
            values = None if text is None else tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            findings.unreadable(str(fault))
        return (None if values is None else Table(values, "", Faults("")), findings)

    def _stamps(self) -> Stamps:
        if FILE not in self.files:
            return {}
        table, findings = self.table(FILE)
        if table is None:
            return {}
        stamps = {}
        for language, kinds in table.values.items():
            if LANGUAGE.fullmatch(language) and _are_stamps(kinds):
                stamps[language] = kinds
            else:
                line = findings.line_of_key(language)
                findings.add(
                    "key_wrong", line=line, place=language, needs="what kith course stamp writes"
                )
        return stamps


def _are_stamps(kinds: Any) -> bool:
    """Whether a table holds fingerprints of screens and questions and nothing else."""
    if not isinstance(kinds, dict) or not set(kinds) <= {SCREENS, QUESTIONS}:
        return False
    tables = list(kinds.values())
    return all(
        isinstance(one, dict) and all(isinstance(made, str) for made in one.values())
        for one in tables
    )
