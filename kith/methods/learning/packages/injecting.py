"""A script of the player, put into a page of a package before any script of the page itself."""

import codecs
import re
from html import escape

LOOKED_AT = 16_000
_PLACES = re.compile(
    rb"<!--.*?-->|(?P<head><head(?:\s[^>]*)?>)|(?P<html><html(?:\s[^>]*)?>)"
    rb"|(?P<doctype><!doctype[^>]*>)|(?P<xml><\?xml[^>]*>)|(?P<other><[a-z])",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def with_script(page: bytes, address: str) -> bytes:
    """The page with the script in front of its own. Pages in UTF-16 become UTF-8."""
    if page.startswith(_MARKS):
        page = codecs.BOM_UTF8 + page.decode("utf-16", errors="replace").encode("utf-8")
    tag = f'<script src="{escape(address)}"></script>'.encode("ascii")
    at = _place(page)
    return page[:at] + tag + page[at:]


def _place(page: bytes) -> int:
    """Behind the head's first tag; else behind that of the page, its type or its mark."""
    at = len(codecs.BOM_UTF8) if page.startswith(codecs.BOM_UTF8) else 0
    for found in _PLACES.finditer(page[:LOOKED_AT]):
        if found.lastgroup == "head":
            return found.end()
        if found.lastgroup == "other":
            break
        if found.lastgroup:
            at = found.end()
    return at
