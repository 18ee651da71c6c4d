"""Which cells are questions, and their answers as people read them."""

from kith.methods.instruments.answers import OK
from kith.methods.instruments.filling import Cell
from kith.methods.instruments.schema import CHOOSING, UNSEEN, Kind


def is_asked(cell: Cell) -> bool:
    """Whether a cell is a question that somebody sees and answers."""
    return cell.item.has_answer and cell.item.kind not in UNSEEN


def answer_words(cell: Cell) -> str:
    """An answer as people read it."""
    if cell.item.kind in CHOOSING:
        labels = dict(cell.options)
        codes = [cell.value] if cell.item.kind is Kind.SELECT_ONE else cell.value.split()
        return "; ".join(labels.get(code, code) for code in codes if code)
    if cell.item.kind is Kind.ACKNOWLEDGE:
        return "✓" if cell.value == OK else ""
    return cell.value.replace("T", " ") if cell.item.kind is Kind.DATETIME else cell.value
