"""Zip packages with questions: content packages of QTI 2.x and 3.0, and Common Cartridges."""

import posixpath
from urllib.parse import unquote

from kith.methods.learning.archives import Package, PackageRefused, open_package
from kith.methods.learning.banks.bank import Bank, Gathering
from kith.methods.learning.banks.cartridge.reading import ROOT, take_items
from kith.methods.learning.banks.notes import Notes, UnreadableBank
from kith.methods.learning.banks.qti.packing import MANIFEST
from kith.methods.learning.banks.qti.reading import is_item, take_item
from kith.methods.learning.banks.trees import MOST_BYTES, Node, read_xml

MOST_RESOURCES = 10_000
SILENT = {"associatedcontent", "imslti", "controlfile"}
TEST = "imsqti_test"


def read_package(content: bytes, *, language: str) -> Bank:
    """The questions of a package, all texts taken as the language. Raises UnreadableBank."""
    notes = Notes()
    try:
        package = open_package(content)
        base = _base(package)
        root, _decoded = read_xml(package.read(f"{base}{MANIFEST}", most=MOST_BYTES), notes)
    except PackageRefused as fault:
        raise UnreadableBank("package", said=str(fault)) from fault
    gathering, kinds = Gathering(notes), dict[str, None]()
    resources = [one for one in root.walk() if one.tag == "resource"][:MOST_RESOURCES]
    for resource in resources:
        kinds[_take(resource, package, base, gathering, language)] = None
    notes.where = ""
    questions = tuple(gathering.questions)
    kind = next(filter(None, kinds), "qti22")
    if not questions and not any(one.weight == "left_out" for one in notes.found):
        raise UnreadableBank("no_questions_there")
    return Bank(questions, gathering.paths, notes.found, kind)


def read_single_item(content: bytes, root: Node, *, language: str) -> Bank:
    """The questions of one file of QTI. Raises UnreadableBank for any other XML."""
    notes = Notes()
    _root, decoded = read_xml(content, notes)
    gathering = Gathering(notes)
    kind = _take_file(root, gathering, language)
    if not kind:
        raise UnreadableBank("unknown_format")
    return Bank(
        tuple(gathering.questions),
        gathering.paths,
        notes.found,
        kind,
        decoded.encoding,
    )


def _base(package: Package) -> str:
    """The folder of the manifest; some tools put all into one folder."""
    found = [name for name in package.names if posixpath.basename(name) == MANIFEST]
    if not found:
        raise UnreadableBank("manifest_missing")
    return min(found, key=len).removesuffix(MANIFEST)


def _take(resource: Node, package: Package, base: str, gathering: Gathering, language: str) -> str:
    """The kind of questions there; empty where there are none."""
    notes, kind = gathering.notes, resource.get("type")
    href = resource.get("href") or next((one.get("href") for one in resource.all("file")), "")
    notes.where = MANIFEST
    notes.at(resource.line)
    if kind.startswith(TEST):
        notes.add("test_left_out", what=href)
        return ""
    if not kind.startswith("imsqti"):
        if not kind.startswith(tuple(SILENT)):
            notes.add("resource_left_out", what=href, kind=kind)
        return ""
    name = posixpath.normpath(base + unquote(href))
    notes.where = name
    notes.at(0)
    try:
        root, _decoded = read_xml(package.read(name, most=MOST_BYTES), notes)
    except (PackageRefused, UnreadableBank) as fault:
        notes.add("item_unreadable", line=getattr(fault, "line", 0), said=str(fault))
        return ""
    found = _take_file(root, gathering, language)
    if not found:
        notes.add("resource_left_out", what=name, kind=root.tag)
    return found


def _take_file(root: Node, gathering: Gathering, language: str) -> str:
    if root.tag == ROOT:
        take_items(root, gathering, language=language)
        return "cartridge"
    if is_item(root):
        take_item(root, gathering, language=language)
        return "qti30" if root.tag.startswith("qti-") else "qti22"
    return ""
