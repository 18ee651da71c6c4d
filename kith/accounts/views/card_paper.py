"""The card on paper: A6, set by Typst, with letters for Latin, Cyrillic and Arabic names."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from kith.web.papers import printable, typeset

TEMPLATE = Path(__file__).resolve().parent.parent / "content" / "card.typ"


@dataclass(frozen=True)
class Face:
    """Everything that stands on a card."""

    organisation: str
    name: str
    language: str
    number: str
    pin: str
    address: str
    short_address: str


def paper(face: Face) -> bytes:
    """The card as PDF, in the language of the one it is for."""
    with translation.override(face.language):
        words = {
            "title": _("Your card for Kith"),
            "scan": _("Scan this with the camera of your phone, or open this address:"),
            "number_label": _("Number of the card"),
            "pin_label": _("PIN"),
            "cut": _("Cut here. Keep the PIN in another place, or learn it."),
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
        }
    inputs = {
        "organisation": printable(face.organisation),
        "name": printable(face.name),
        "language": face.language,
        "number": face.number,
        "pin": face.pin,
        "address": face.short_address,
        "qr": _picture(face.address),
        **words,
    }
    return typeset(TEMPLATE, inputs)


def _picture(text: str) -> str:
    drawing = BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=2)
    return drawing.getvalue().decode()
