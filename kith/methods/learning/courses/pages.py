"""Where findings about a course that was read belong: file and line of each screen and question."""

from collections.abc import Iterator

from kith.methods.learning.courses.files import Files
from kith.methods.learning.courses.findings import Finding, Findings
from kith.methods.learning.courses.parts import QUESTIONS_FILE, joined
from kith.methods.learning.courses.schema import Part, Unit, Vignette
from kith.methods.learning.courses.texts import Cut, cut_text


class Page:
    """One module, unit or vignette with its files. Without files, findings have no lines."""

    def __init__(self, part: Part, path: str, files: Files) -> None:
        self.part, self.path, self.files = part, path, files
        self._collectors: dict[str, Findings] = {}
        self._cuts: dict[str, dict[str, Cut]] = {}

    @property
    def found(self) -> list[Finding]:
        return [one for collector in self._collectors.values() for one in collector.found]

    @property
    def about(self) -> Findings:
        """Of the file with titles and minutes."""
        kinds = {Vignette: "vignette.toml", Unit: "unit.toml"}
        return self.file(kinds.get(type(self.part), "module.toml"))

    @property
    def questions(self) -> Findings:
        """Of the file with questions or tasks."""
        is_story = isinstance(self.part, Vignette)
        return self.about if is_story else self.file(QUESTIONS_FILE)

    def text(self, language: str) -> Findings:
        return self.file(f"{language}.md")

    def file(self, name: str) -> Findings:
        path = joined(self.path, name)
        if path not in self._collectors:
            text = self.files.get(path, b"").decode("utf-8-sig", errors="replace")
            self._collectors[path] = Findings(path, text)
        return self._collectors[path]

    def heading_line(self, language: str, screen: str) -> int | None:
        cut = self._cuts_of(language).get(screen)
        return cut.line if cut else None

    def body_line(self, language: str, screen: str, line: int) -> int | None:
        """The line in the file of a line of a screen's body, which is counted from 0."""
        cut = self._cuts_of(language).get(screen)
        return cut.body_line + line if cut else None

    def bodies(self) -> Iterator[tuple[str, str, str]]:
        """Language, name and Markdown of every screen in every language."""
        for screen in self.part.screens:
            for language, body in screen.body.items():
                yield language, screen.name, body

    def _cuts_of(self, language: str) -> dict[str, Cut]:
        if language not in self._cuts:
            text = self.text(language).text
            # Its faults were found when the course was read.
            cuts = cut_text(text, Findings(""))
            self._cuts[language] = {one.name: one for one in cuts}
        return self._cuts[language]
