"""The token in a file: a token alone, JSON with it under “credential”, or a baked picture."""

from kith.methods.learning.credentials.baking import taken_out
from kith.methods.learning.credentials.pictures import BadPicture
from kith.methods.learning.credentials.png import SIGNATURE
from kith.methods.learning.credentials.tokens import Malformed, strict_json


class Unreadable(Exception):
    """A file that cannot be read; the text is a sentence."""


def token_in(content: bytes) -> str:
    """The token, not looked at. Raises Unreadable."""
    if content.startswith(SIGNATURE) or content.lstrip().startswith(b"<"):
        try:
            return _plain(taken_out(content.lstrip() if content[:1].isspace() else content))
        except BadPicture as fault:
            raise Unreadable(str(fault)) from fault
    return _plain(text_in(content))


def text_in(content: bytes) -> str:
    """The text of a file. Raises Unreadable."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable("It is neither a text nor a PNG or SVG picture.") from fault


def _plain(text: str) -> str:
    if not text.lstrip().startswith("{"):
        return text
    try:
        token = strict_json(text.encode(), "the file").get("credential")
    except Malformed as fault:
        raise Unreadable(f"It is malformed: {fault}.") from fault
    if not isinstance(token, str):
        raise Unreadable("There is no token in it. Credentials with a proof inside are not read.")
    return token
