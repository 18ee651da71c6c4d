"""Putting a credential into a picture and taking it out again; our own picture of a badge."""

from importlib.resources import files
from xml.sax.saxutils import escape

from kith.methods.learning.credentials.pictures import MOST_BYTES, BadPicture
from kith.methods.learning.credentials.png import SIGNATURE, bake_png, taken_from_png
from kith.methods.learning.credentials.svg import bake_svg, taken_from_svg

PICTURE = files(__package__) / "content" / "badge.svg"
TITLE = "<title>Badge</title>"


def badge_picture(title: str) -> bytes:
    """Our own SVG picture: a bridge. title is read out to who cannot see it."""
    drawn = PICTURE.read_text("utf-8")
    return drawn.replace(TITLE, f"<title>{escape(title)}</title>").encode()


def bake(picture: bytes, credential: str) -> bytes:
    """The PNG or SVG picture with the credential in it. Raises BadPicture."""
    return bake_png(picture, credential) if _is_png(picture) else bake_svg(picture, credential)


def taken_out(picture: bytes) -> str:
    """What is in a baked PNG or SVG picture: a token, mostly. Raises BadPicture."""
    return taken_from_png(picture) if _is_png(picture) else taken_from_svg(picture)


def _is_png(picture: bytes) -> bool:
    if len(picture) > MOST_BYTES:
        raise BadPicture("This picture is too large.")
    return picture.startswith(SIGNATURE)
