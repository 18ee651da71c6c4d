"""Papers as PDF: a room says what stands on a paper as plain parts, and Typst sets it."""

from kith.web.papers.answers import paper_answer
from kith.web.papers.drawings import drawn_png
from kith.web.papers.letters import printable
from kith.web.papers.parts import (
    Bullets,
    Cell,
    Column,
    Facts,
    Heading,
    Ladder,
    Lines,
    Paper,
    Paragraph,
    Part,
    Picture,
    SignatureLine,
    Signatures,
    Table,
    Tick,
    Ticks,
    Tone,
    Written,
    written,
)
from kith.web.papers.setting import made, typeset

__all__ = [
    "Bullets",
    "Cell",
    "Column",
    "Facts",
    "Heading",
    "Ladder",
    "Lines",
    "Paper",
    "Paragraph",
    "Part",
    "Picture",
    "SignatureLine",
    "Signatures",
    "Table",
    "Tick",
    "Ticks",
    "Tone",
    "Written",
    "drawn_png",
    "made",
    "paper_answer",
    "printable",
    "typeset",
    "written",
]
