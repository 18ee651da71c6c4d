"""The kind letter of a no, as the person reads it."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kith.people.rules import Side
from kith.welcome.models import Application, Step
from kith.welcome.rules.states import Deed
from kith.welcome.rules.texts import reason_of


def letter_of(row: Application, steps: list[Step]) -> list[str]:
    """The kind letter in the language of the page: our sentences, then the coordinator's own."""
    reason = reason_of(Side(row.side), row.reason)
    own = newest_words(steps, Deed.DECLINED)
    sentences = [
        _("Dear %(name)s,") % {"name": row.name},
        _("Thank you for getting in touch with us and for the time you took."),
        reason.letter.say(get_language() or "en"),
        own,
        _("We wish you all the best."),
    ]
    return [sentence for sentence in sentences if sentence]


def newest_words(steps: list[Step], deed: Deed) -> str:
    """What was written with the newest step of this kind."""
    return next((str(step.text) for step in steps if step.deed == deed), "")
