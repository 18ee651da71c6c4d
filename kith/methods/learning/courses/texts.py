"""The text of a module in one language, cut into screens at its ## headings."""

import re
from dataclasses import dataclass
from itertools import pairwise

from kith.methods.learning.courses.findings import Findings

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Cut:
    """One screen as it stands in a file.

    line       of its heading, from 1
    body_line  of the first line of its body
    """

    name: str
    heading: str
    body: str
    line: int
    body_line: int


def cut_text(text: str, found: Findings) -> list[Cut]:
    """The screens of a text, in their order; a screen without a usable name is a fault."""
    lines = text.splitlines()
    starts = _headings(lines)
    before = starts[0] if starts else len(lines)
    if stray := [at for at in range(before) if lines[at].strip()]:
        found.add("text_before_screens", line=stray[0] + 1)
    cuts: dict[str, Cut] = {}
    for at, end in pairwise([*starts, len(lines)]):
        cut = _cut(lines, at, end)
        if not NAME.fullmatch(cut.name):
            found.add("screen_without_name", line=cut.line, place=cut.heading)
        elif cut.name in cuts:
            found.add("screen_twice", line=cut.line, place=cut.name, name=cut.name)
        else:
            cuts[cut.name] = cut
    return list(cuts.values())


def heading_of(line: str) -> tuple[str, str]:
    """Words and name of a heading such as `## Two banks {#banks}`; an empty name where none is."""
    # By hand: a regular expression takes very long over a line of very many spaces.
    words = line.lstrip("#").strip().rstrip("#").rstrip()
    before, opened, name = words.rpartition("{#")
    if opened and name.endswith("}"):
        return before.rstrip(), name[:-1]
    return words, ""


def _headings(lines: list[str]) -> list[int]:
    """Where screens begin. A ## inside a block of code begins none."""
    starts, fence = [], ""
    for at, line in enumerate(lines):
        if mark := FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence) and not line.strip(" \t`~"):
                fence = ""
        elif not fence and line.startswith(("## ", "##\t")):
            starts.append(at)
    return starts


def _cut(lines: list[str], at: int, end: int) -> Cut:
    title, name = heading_of(lines[at])
    first = next((one for one in range(at + 1, end) if lines[one].strip()), end)
    body = "\n".join(lines[first:end]).rstrip()
    return Cut(name, title, body, at + 1, first + 1)
