"""A credential inside an SVG picture: one openbadges:credential element.

Source: Open Badges 3.0, section Baked Badge. Pictures that declare a document type are refused, and
with it every entity; so are those that could act, before a credential is put in.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat  # document types are refused before anything in them is read
from xml.sax.saxutils import quoteattr

from kith.methods.learning.credentials.pictures import BadPicture

SVG, BADGES = "http://www.w3.org/2000/svg", "https://purl.imsglobal.org/ob/v3p0"
CREDENTIAL = f"{BADGES} credential"
MOST_LEVELS = 64
START_TAG = re.compile(rb"""<[^\s/>"']+(?:[^>"']|"[^"]*"|'[^']*')*>""")
ACTING = frozenset({
    "script", "style", "foreignobject", "iframe", "embed", "object", "handler", "listener",
})  # fmt: skip
FETCHING = re.compile(r"""javascript:|url\((?!["']?#)""")
INSIDE = ("#", "data:image/png", "data:image/jpeg")


@dataclass
class _Seen:
    """What a picture holds.

    root      the byte at which its first tag begins
    verify    of each credential element its token
    inner     of each credential element the text in it
    acting    names of what could act on whoever looks at it
    """

    root: int = 0
    levels: int = 0
    names: list[str] = field(default_factory=list)
    verify: list[str] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)
    acting: list[str] = field(default_factory=list)
    prefixes: set[str | None] = field(default_factory=set)
    within: bool = False


def bake_svg(picture: bytes, credential: str) -> bytes:
    """The picture with the credential right after its first tag. Raises BadPicture."""
    seen = _seen(picture)
    if seen.verify or "openbadges" in seen.prefixes:
        raise BadPicture("This picture holds a credential already.")
    if seen.acting:
        raise BadPicture(f"This picture could act by itself: it has {seen.acting[0]}.")
    tag = START_TAG.match(picture, seen.root)
    if tag is None or tag.group().endswith(b"/>"):
        raise BadPicture("There is nothing in this SVG picture.")
    element = f"<openbadges:credential verify={quoteattr(credential)}></openbadges:credential>"
    opened = tag.group()[:-1] + f' xmlns:openbadges="{BADGES}">'.encode()
    return picture[: seen.root] + opened + element.encode() + picture[tag.end() :]


def taken_from_svg(picture: bytes) -> str:
    """The credential in the picture: a token, or JSON with its own proof. Raises BadPicture."""
    seen = _seen(picture)
    if len(seen.verify) != 1:
        raise BadPicture(f"This picture holds {len(seen.verify) or 'no'} credential(s), not one.")
    return seen.verify[0] or seen.inner[0].strip()


def _seen(picture: bytes) -> _Seen:
    seen = _Seen()
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_told: object) -> None:
        raise BadPicture("This SVG picture declares a document type, which is refused.")

    def start(name: str, attributes: dict[str, str]) -> None:
        if not seen.names:
            seen.root = parser.CurrentByteIndex
        _start(seen, name, attributes)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: _end(seen)
    parser.CharacterDataHandler = lambda text: _text(seen, text)
    parser.StartNamespaceDeclHandler = lambda prefix, _uri: seen.prefixes.add(prefix)
    parser.ProcessingInstructionHandler = lambda target, _told: seen.acting.append(f"<?{target}?>")
    try:
        picture.decode()
        parser.Parse(picture, True)  # noqa: FBT003 - the parser takes it so
    except (expat.ExpatError, UnicodeDecodeError) as fault:
        raise BadPicture("This SVG picture is not well formed.") from fault
    if seen.names[0] != f"{SVG} svg":
        raise BadPicture("This is no SVG picture.")
    return seen


def _start(seen: _Seen, name: str, attributes: dict[str, str]) -> None:
    seen.levels += 1
    if seen.levels > MOST_LEVELS:
        raise BadPicture("This SVG picture has too many levels.")
    seen.names.append(name)
    seen.within = name == CREDENTIAL
    if seen.within:
        seen.verify.append(attributes.get("verify", ""))
        seen.inner.append("")
    local = name.rpartition(" ")[2].lower()
    if local in ACTING:
        seen.acting.append(local)
    seen.acting += [one for one, value in attributes.items() if _acts(one, value)]


def _acts(attribute: str, value: str) -> bool:
    """Whether an attribute runs something, or fetches from elsewhere."""
    local = attribute.rpartition(" ")[2].lower()
    target = "".join(value.split()).lower()
    leads_out = local in {"href", "src"} and not target.startswith(INSIDE)
    return local.startswith("on") or leads_out or bool(FETCHING.search(target))


def _end(seen: _Seen) -> None:
    seen.levels -= 1
    seen.within = False


def _text(seen: _Seen, text: str) -> None:
    if seen.within:
        seen.inner[-1] += text
