"""Papers as PDF: a room says what stands on a paper as plain parts, and Typst sets it."""

from kith.web.papers.answers import paper_answer
from kith.web.papers.letters import printable
from kith.web.papers.parts import (
    Bullets,
    Column,
    Facts,
    Heading,
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
    "Column",
    "Facts",
    "Heading",
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
    "made",
    "paper_answer",
    "printable",
    "typeset",
    "written",
]
