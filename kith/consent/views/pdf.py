"""The text of a purpose and the receipt of an answer as PDF."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.consent.models import Consent
from kith.consent.rules import State
from kith.consent.rules.words import PurposeText
from kith.consent.views.papers import decision_or_404, purpose_read, text_then, title_of
from kith.consent.views.shared import explained_by, language_asked, text_for
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of
from kith.web.papers import (
    Bullets,
    Facts,
    Heading,
    Lines,
    Paper,
    Paragraph,
    Part,
    SignatureLine,
    Signatures,
    Tick,
    Ticks,
    Written,
    drawn_png,
    paper_answer,
    written,
)
from kith.web.words import full_day


@require_GET
def text(request: HttpRequest, key: str) -> HttpResponse:
    """The text of a purpose to sign by hand."""
    purpose = purpose_read(request, key)
    language = language_asked(request, purpose, request.LANGUAGE_CODE)
    read = text_for(request, purpose, language)
    with translation.override(language):
        paper = Paper(
            title=read.title,
            language=language,
            organisation=str(actor_of(request).organisation),
            on=clock.today(),
            parts=[Bullets(read.easy), *_in_full(read), *_to_sign()],
            note=_("Version %(version)s of the text.") % {"version": read.version},
        )
    return paper_answer(paper, name="consent-text")


@require_GET
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One answer: what was asked in which words, what was said, who signed."""
    decision = decision_or_404(request, pk)
    read = text_then(decision)
    paper = Paper(
        title=title_of(decision),
        context=_answer(decision),
        language=translation.get_language() or "en",
        organisation=str(decision.organisation),
        on=clock.today(),
        parts=[Facts(_facts(decision)), *_signed(decision), *_words_then(read)],
        note=_(
            "A yes can be taken back at any time and without a reason: on one's own page, "
            "by phone, or in person."
        ),
    )
    return paper_answer(paper, name="consent-receipt")


def _in_full(read: PurposeText) -> list[Part]:
    found: list[Part] = []
    for heading, paragraph in read.paragraphs:
        found += [Heading(heading), Paragraph(paragraph)]
    return found


def _to_sign() -> list[Part]:
    return [
        Heading(_("Yes or no")),
        Ticks([Tick(_("Yes")), Tick(_("No"))]),
        Lines(1, _("Name")),
        Lines(1, _("Date and signature")),
        Lines(1, _("Explained by, in which language, interpreter")),
    ]


def _answer(decision: Consent) -> str:
    day = {"day": full_day(decision.decided_on)}
    said = {
        State.GIVEN.value: _("Yes, on %(day)s"),
        State.REFUSED.value: _("No, on %(day)s"),
        State.WITHDRAWN.value: _("Yes taken back on %(day)s"),
    }
    return said[decision.state] % day


def _facts(decision: Consent) -> list[tuple[str, Written]]:
    by = _("Noted by") if decision.state == State.WITHDRAWN.value else _("Explained by")
    facts = [
        (_("Person"), str(decision.person.name)),
        (by, explained_by(decision)),
        (_("Language"), language_name(decision.language)),
        (_("Interpreter"), str(decision.interpreter)),
        (_("Version of the text"), decision.version),
    ]
    return [(label, written(fact)) for label, fact in facts if fact]


def _signed(decision: Consent) -> list[Part]:
    if decision.signature_kind not in {"drawn", "typed"}:
        return []
    is_drawn = decision.signature_kind == "drawn"
    line = SignatureLine(
        written(decision.person.name),
        note=full_day(decision.decided_on),
        drawn=drawn_png(str(decision.signature)) if is_drawn else b"",
        typed="" if is_drawn else str(decision.signature),
    )
    return [Signatures([line])]


def _words_then(read: PurposeText | None) -> list[Part]:
    if read is None:
        return [Paragraph(_("The words of this version were not kept in this Kith."), "quiet")]
    # The text that was read need not be in the language of the paper around it.
    found: list[Part] = [Heading(_("The text"))]
    for heading, paragraph in read.paragraphs:
        found += [Heading(written(heading), level=3), Paragraph(written(paragraph))]
    return found
