"""What calendar files say, in the language of now."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from kith.calendars.rules.entries import Words


def words() -> Words:
    """What calendars show, in the language of now."""
    return Words(
        title=_("Meeting"),
        answer=_("Say whether you come, or find another time, in Kith:"),
        calendar=_("Meetings in Kith"),
    )


def host() -> str:
    """The host of this Kith, which makes the names of meetings the only ones in the world."""
    return urlsplit(settings.KITH_ADDRESS).hostname or "kith"
