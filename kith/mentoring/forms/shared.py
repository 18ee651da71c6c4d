"""What several forms of this room use."""

from django.utils.translation import get_language

from kith.mentoring.rules.texts import ways_of_meeting

LINE, NOTE = 200, 500


def page_language() -> str:
    """The language of the page."""
    return get_language() or "en"


def ways() -> list[tuple[str, str]]:
    """Ways of meeting, as choices."""
    return [(one.key.value, one.name.say(page_language())) for one in ways_of_meeting()]
