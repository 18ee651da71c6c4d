"""The agreement as PDF, signed or with lines to sign on."""

from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.mentoring.models import Match
from kith.mentoring.views import signing
from kith.web.papers import (
    Bullets,
    Heading,
    Paper,
    Paragraph,
    Part,
    SignatureLine,
    Signatures,
    drawn_png,
    written,
)
from kith.web.words import and_list, full_day, isolated


def agreement_paper(match: Match, actor: Actor, *, language: str, today: date) -> Paper:
    """What the two of a match promise each other, in one of the languages of the text."""
    with translation.override(language):
        text = signing.agreement(match, language=language)
        places = signing.places(match, actor)
        return Paper(
            title=text["title"],
            context=and_list([isolated(place["name"]) for place in places]),
            language=language,
            organisation=str(match.programme.organisation),
            on=today,
            parts=[
                Paragraph(text["opening"], "lead"),
                *_sections(text["sections"]),
                Paragraph(text["before_signing"]),
                Signatures([_place(place) for place in places]),
            ],
        )


def _sections(sections: list[dict[str, Any]]) -> list[Part]:
    found: list[Part] = []
    for section in sections:
        found += [Heading(section["title"]), Bullets(section["points"])]
    return found


def _place(place: dict[str, Any]) -> SignatureLine:
    signature = place["signature"]
    if signature is None:
        return SignatureLine(written(place["name"]), note=_("Date and signature"))
    day = full_day(signature.signed_on)
    if place["picture"]:
        return SignatureLine(written(place["name"]), note=day, drawn=drawn_png(place["picture"]))
    return SignatureLine(written(place["name"]), note=day, typed=str(signature.signature))
