"""The agreement and its signatures as the templates print them."""

from typing import Any

from babel import Locale
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.mentoring.models import Match
from kith.mentoring.permissions import SIGN
from kith.mentoring.queries import agreement as agreements
from kith.programmes.rules import ProgrammeTemplate, sentences

AGREEMENT_LANGUAGES = ("en", "pl", "ar")


def language(wanted: str | None) -> str:
    """One of the languages of the agreement: as wished, else that of the page."""
    if wanted in AGREEMENT_LANGUAGES:
        return str(wanted)
    here = (get_language() or "en").split("-")[0]
    return here if here in AGREEMENT_LANGUAGES else "en"


def languages(present: str) -> list[dict[str, object]]:
    """The languages of the text, each under its own name."""
    return [
        {
            "code": code,
            "name": (Locale.parse(code).get_display_name(code) or code).capitalize(),
            "is_current": code == present,
        }
        for code in AGREEMENT_LANGUAGES
    ]


def agreement(match: Match, *, language: str) -> dict[str, Any]:
    """The text with its names filled in."""
    text, terms = agreements.agreement_of(match), agreements.terms_of(match)
    filled = agreements.names_in(match, terms)
    return {
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "title": text.title.say(language),
        "opening": text.opening.say(language, **filled),
        "sections": [
            {
                "title": section.title.say(language),
                "points": [point.say(language, **filled) for point in section.points],
            }
            for section in text.sections
        ],
        **_plan(terms.rules, language),
        "before_signing": text.before_signing.say(language),
    }


def _plan(rules: ProgrammeTemplate, language: str) -> dict[str, object]:
    """What the programme plans for the two, in the language of the text."""
    with override(language):
        said = [sentences.how_long(rules), *sentences.how_often(rules)]
        return {"plan_title": _("What the programme plans"), "plan": said}


def places(match: Match, actor: Actor) -> list[dict[str, object]]:
    """The lines to sign on: who, when, in which language, who took it."""
    return [
        {
            "person": place.person.pk,
            "name": str(place.person.name),
            "signature": place.signature,
            "picture": _picture(place.signature),
            "may_sign": _may_sign(actor, match, place),
            "is_own": agreements.is_own(actor, place.person),
        }
        for place in (*agreements.earlier_places(match), *agreements.places(match))
    ]


def _picture(signature: Any) -> str:
    text = str(signature.signature) if signature else ""
    return text if text.startswith("data:image/png;base64,") else ""


def _may_sign(actor: Actor, match: Match, place: agreements.Place) -> bool:
    if place.signature is not None or not allows(actor, SIGN, match):
        return False
    return agreements.may_take(actor, match, place.person)
