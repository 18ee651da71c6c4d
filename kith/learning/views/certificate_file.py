"""A certificate as a paper, in the learner's language."""

from io import BytesIO

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from kith.learning.models import Certificate
from kith.learning.queries.badges import address
from kith.learning.queries.checking import check_path
from kith.learning.rules.certificate_words import OPENS_WORDS
from kith.methods.learning.courses.schema import Opens
from kith.methods.learning.questions.schema import say
from kith.web.papers import Facts, Paper, Paragraph, Picture, SignatureLine, Signatures, written
from kith.web.words import full_day


def certificate_file(row: Certificate) -> Paper:
    """The paper, with a picture that leads to the page where anybody can check it."""
    link = address(check_path(row.code))
    with translation.override(row.language):
        facts = [
            (_("Given on"), full_day(row.issued_on)),
            (_("Valid until"), full_day(row.valid_until)),
            (_("Code"), spaced(row.code)),
        ]
        pictured = _("A code that leads to the page where anybody can check it")
        return Paper(
            title=_("Certificate"),
            context=written(row.name),
            language=row.language,
            organisation=str(row.organisation),
            on=row.issued_on,
            parts=[
                Paragraph(_("has finished the course"), "plain"),
                Paragraph(say(row.title, row.language), "lead"),
                Paragraph(
                    _(
                        "All modules with their quizzes, the final test and the answers to two"
                        " stories, read by a trainer."
                    )
                ),
                Facts(facts),
                Paragraph(str(OPENS_WORDS[Opens(row.opens)])),
                Picture(_drawn(link), "svg", pictured, 30),
                Paragraph(_("Anybody can check it here: %(link)s") % {"link": link}, "quiet"),
                Signatures([SignatureLine(_("For the organisation"), _("Date and signature"))]),
            ],
        )


def spaced(code: str) -> str:
    """Four letters at a time, as people read them out."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _drawn(text: str) -> bytes:
    drawing = BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", border=2)
    return drawing.getvalue()
