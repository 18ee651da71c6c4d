"""What forms of public pages need: a mark instead of a cookie, and a brake."""

from secrets import token_urlsafe

from allauth.core import ratelimit
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kith.base import clock

SALT = "kith.web.visitors"
OPEN_FOR_HOURS = 24
QUICKEST_SECONDS = 2
TOO_MANY = 429
# Its figures stand in ACCOUNT_RATE_LIMITS: forms sent from one place.
SENT = "public_form"
# The same for letters to one address that anybody may have typed.
LETTER = "public_letter"


def is_too_fast(request: HttpRequest, action: str = SENT) -> bool:
    """Whether too much comes from one place on the network; counts this time."""
    return not ratelimit.consume(request, action=action)


def may_write_to(request: HttpRequest, address: str) -> bool:
    """Whether one more letter may go to an address that a visitor typed; counts this one."""
    return bool(ratelimit.consume(request, action=LETTER, key=address.strip().lower()))


def new_mark() -> str:
    """What a form carries, so that sent twice it is kept once."""
    return signing.dumps([token_urlsafe(16), int(clock.now().timestamp())], salt=SALT)


def read_mark(text: str) -> str | None:
    """The mark of a form that a person had before them; None for robots and yesterday's pages."""
    try:
        mark, drawn_at = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    age = int(clock.now().timestamp()) - drawn_at
    return mark if QUICKEST_SECONDS <= age <= OPEN_FOR_HOURS * 3600 else None


def look_again() -> str:
    """What someone reads whose form came too late or too fast."""
    return _("Please look at what you wrote once more, and send it again. Nothing is lost.")
