"""Texts of courses as HTML for those who give them."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kith.methods.learning.courses.blocks import Labels, html_of, inline_html


def line_html(text: str) -> SafeString:
    """One line: emphasis, code and links."""
    # The writer of this HTML escapes everything that it does not know.
    return mark_safe(inline_html(text))  # noqa: S308


def text_html(text: str) -> SafeString:
    """Several paragraphs."""
    labels = Labels(answer=_("Show the answer"), example=_("Example"))
    return mark_safe(html_of(text, labels=labels)) if text else SafeString()  # noqa: S308
