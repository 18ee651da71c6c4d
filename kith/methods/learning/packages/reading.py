"""A package from its bytes: looked over, its table of contents read, nothing of it believed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kith.methods.learning.archives import MIB, Limits, Package, PackageRefused, open_package
from kith.methods.learning.banks.notes import Notes, UnreadableBank
from kith.methods.learning.banks.trees import Node, read_xml
from kith.methods.learning.packages.cmi5 import read_structure
from kith.methods.learning.packages.launching import MOST_ITEMS
from kith.methods.learning.packages.reasons import BadPackage
from kith.methods.learning.packages.schema import Item, Manifest, Remark
from kith.methods.learning.packages.scorm import read_manifest

SCORM, CMI5 = "imsmanifest.xml", "cmi5.xml"
LIMITS = Limits(bytes=200 * MIB, files=10_000, unfolded_bytes=500 * MIB, nested=True)
MOST_MANIFEST = 8 * MIB
RESERVED = "__kith__"
"""Files under this name are the player's own."""
BROKEN = {"xml_doctype": "manifest_entities", "too_large": "manifest_too_large"}
FRAMES = re.compile(rb"<(?:frameset|iframe|frame)\b", re.IGNORECASE)
LOOKED_AT = 200_000
MEDIA_TYPES = {
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml",
    "css": "text/css", "js": "text/javascript", "mjs": "text/javascript",
    "json": "application/json", "xml": "text/xml", "xsd": "text/xml", "dtd": "text/plain",
    "txt": "text/plain", "md": "text/plain", "csv": "text/plain", "vtt": "text/vtt",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "gif": "image/gif", "webp": "image/webp", "avif": "image/avif", "ico": "image/x-icon",
    "bmp": "image/bmp", "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg",
    "oga": "audio/ogg", "wav": "audio/wav", "mp4": "video/mp4", "m4v": "video/mp4",
    "webm": "video/webm", "ogv": "video/ogg", "woff": "font/woff", "woff2": "font/woff2",
    "ttf": "font/ttf", "otf": "font/otf", "eot": "application/vnd.ms-fontobject",
    "pdf": "application/pdf", "wasm": "application/wasm", "zip": "application/zip",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A package that may be taken."""

    manifest: Manifest
    package: Package

    def files(self) -> Iterator[tuple[str, str, bytes]]:
        """Name, media type and bytes of every file. Raises BadPackage on the way."""
        for name in self.package.names:
            try:
                yield name, media_type(name), self.package.read(name)
            except PackageRefused as refusal:
                raise BadPackage.of(refusal) from refusal


def media_type(name: str) -> str:
    """By the ending of the name, the same on every machine."""
    return MEDIA_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def read_package(content: bytes, limits: Limits = LIMITS) -> Reading:
    """What a package says of itself, and its files. Raises BadPackage."""
    try:
        package = open_package(content, limits)
        _look_over(package.names)
        manifest = _with_own_keys(_manifest(package))
        return Reading(_with_frames(manifest, package), package)
    except PackageRefused as refusal:
        raise BadPackage.of(refusal) from refusal


def _look_over(names: tuple[str, ...]) -> None:
    """Names that a disk without capitals would take for one, and those that are ours."""
    known: set[str] = set()
    for name in names:
        if name.casefold() in known:
            raise BadPackage("case_twice", name=name)
        if name.partition("/")[0].casefold() == RESERVED:
            raise BadPackage("reserved", name=name)
        known.add(name.casefold())


def _manifest(package: Package) -> Manifest:
    if SCORM in package:
        return read_manifest(_tree(package, SCORM), package)
    if CMI5 in package:
        return read_structure(_tree(package, CMI5), package)
    deeper = [name for name in package.names if name.rpartition("/")[2].lower() in {SCORM, CMI5}]
    if deeper:
        raise BadPackage("manifest_in_folder", name=deeper[0])
    raise BadPackage("manifest_missing")


def _tree(package: Package, name: str) -> Node:
    if package.bytes_of(name) > MOST_MANIFEST:
        raise BadPackage("manifest_too_large", name=name)
    try:
        root, _decoded = read_xml(package.read(name, most=MOST_MANIFEST), Notes())
    except UnreadableBank as fault:
        reason = BROKEN.get(fault.reason, "manifest_broken")
        raise BadPackage(reason, name=name, line=fault.line) from fault
    return root


def _with_own_keys(manifest: Manifest) -> Manifest:
    """Two parts with one key: the later ones get a number behind it."""
    known: set[str] = set()
    items = []
    for one in manifest.items:
        keys = (one.key, *(f"{one.key}-{number}" for number in range(2, MOST_ITEMS + 2)))
        key = next(key for key in keys if key not in known)
        known.add(key)
        items.append(replace(one, key=key))
    return replace(manifest, items=tuple(items))


def _with_frames(manifest: Manifest, package: Package) -> Manifest:
    """Says so where a part begins with a page of frames, which cannot read each other here."""
    found = [Remark("frames", one.title) for one in manifest.items if _has_frames(one, package)]
    return replace(manifest, remarks=(*manifest.remarks, *found))


def _has_frames(item: Item, package: Package) -> bool:
    if not item.path.lower().endswith((".html", ".htm", ".xhtml")):
        return False
    return bool(FRAMES.search(package.read(item.path)[:LOOKED_AT]))
