"""A GIFT file in blocks: one for each question, apart by blank lines, with its comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

CATEGORY = re.compile(r"\$CATEGORY:(.*)", re.IGNORECASE)
_ID = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]])+)\]")


@dataclass(slots=True)
class Block:
    """The lines of a question without comments, counted from its first line.

    starts  where in the text each line begins, so that a place in it has a line
    """

    line: int = 0
    text: str = ""
    key: str = ""
    tags: list[str] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)

    def add(self, line: str, number: int) -> None:
        if not self.text:
            self.line = number
        else:
            self.text += "\n"
        self.starts.append((len(self.text), number))
        self.text += line

    def line_at(self, place: int) -> int:
        """The line of the file in which a place of the text is."""
        return max((line for start, line in self.starts if start <= place), default=self.line)


@dataclass(frozen=True, slots=True)
class Category:
    path: str
    line: int


def blocks(text: str) -> Iterator[Block | Category]:
    block = Block()
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if line.startswith("//"):
            _comment(line, block)
        elif not line:
            if block.text:
                yield block
                block = Block()
        elif not block.text and (category := CATEGORY.match(line)):
            yield Category(category[1].strip(), number)
        else:
            block.add(line, number)
    if block.text:
        yield block


def _comment(line: str, block: Block) -> None:
    """The key and the tags of a question stand in its comments."""
    if key := _ID.search(line):
        block.key = key[1].replace("\\]", "]").strip()
    block.tags += [one.replace("\\]", "]").strip() for one in _TAG.findall(line)]
