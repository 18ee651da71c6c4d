"""imsmanifest.xml of SCORM 1.2 and 2004: the first table of contents, and what starts its parts."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from kith.methods.learning.archives import Package
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.packages.launching import (
    MOST_ITEMS,
    launch_file,
    short,
    with_parameters,
)
from kith.methods.learning.packages.reasons import BadPackage
from kith.methods.learning.packages.schema import Item, Manifest, Remark, Standard
from kith.methods.learning.questions.numbers import plain_number

LATER = ("2004", "cam 1.3", "1.3")
STEERS = {
    "controlMode",
    "sequencingRules",
    "limitConditions",
    "rollupRules",
    "randomizationControls",
}
TIME = {"maxtimeallowed", "timelimitaction", "timeLimitAction"}


def read_manifest(root: Node, package: Package) -> Manifest:
    """What a package of SCORM holds. Raises BadPackage."""
    standard = _standard(root)
    contents = root.find("organizations")
    tables = contents.all("organization") if contents else []
    table = _chosen(contents, tables)
    resources = _resources(root)
    items = tuple(_items(table, resources, package)) if table else ()
    if not items:
        items = tuple(_without_contents(resources, package))
    if not items:
        raise BadPackage("nothing_to_start")
    if len(items) > MOST_ITEMS:
        raise BadPackage("too_many_items", limit=MOST_ITEMS)
    title = short(table.said("title")) if table else ""
    return Manifest(standard, title or items[0].title, items, tuple(_remarks(tables, table)))


def _standard(root: Node) -> Standard:
    """By its own word; where it has none, by how it writes what only SCORM has."""
    said = f"{root.said('metadata', 'schema')} {root.said('metadata', 'schemaversion')}".lower()
    if "adl" in said and any(one in said for one in LATER):
        return Standard.SCORM_2004
    if "adl" in said and "1.2" in said:
        return Standard.SCORM_12
    named = {key for one in root.walk() if one.tag == "resource" for key in one.attrs}
    if "scormType" in named:
        return Standard.SCORM_2004
    if "scormtype" in named:
        return Standard.SCORM_12
    raise BadPackage("not_scorm")


def _chosen(contents: Node | None, tables: list[Node]) -> Node | None:
    usual = contents.get("default") if contents else ""
    named = [one for one in tables if usual and one.get("identifier") == usual]
    return next(iter(named or tables), None)


def _resources(root: Node) -> Mapping[str, tuple[Node, str]]:
    """Identifier -> resource, and what its addresses start from."""
    part = root.find("resources")
    if part is None:
        return {}
    base = root.get("base") + part.get("base")
    return {one.get("identifier"): (one, base + one.get("base")) for one in part.all("resource")}


def _items(
    node: Node,
    resources: Mapping[str, tuple[Node, str]],
    package: Package,
    above: tuple[str, ...] = (),
) -> Iterator[Item]:
    for one in node.all("item"):
        title = short(one.said("title")) or short(one.get("identifier"))
        if one.get("isvisible", "true").lower() != "false":
            resource = resources.get(one.get("identifierref"))
            if resource is not None and resource[0].get("href"):
                yield _item(one, title, resource, package, above)
        yield from _items(one, resources, package, (*above, title))


def _item(
    one: Node,
    title: str,
    resource: tuple[Node, str],
    package: Package,
    above: tuple[str, ...],
) -> Item:
    node, base = resource
    path, query = launch_file(package, base, node.get("href"), item=title)
    return Item(
        key=short(one.get("identifier"))[:120] or path[:120],
        title=title,
        path=path,
        query=with_parameters(query, one.get("parameters")),
        depth=len(above),
        headings=above,
        tells=_tells(node),
        mastery=_mastery(one),
        launch=one.said("datafromlms") or one.said("dataFromLMS"),
        prerequisites=short(one.said("prerequisites")),
    )


def _tells(resource: Node) -> bool:
    said = resource.get("scormtype") or resource.get("scormType")
    return said.lower() != "asset"


def _mastery(one: Node) -> Fraction | None:
    """Of SCORM 1.2 in per cent, of SCORM 2004 a share that the first objective has to reach."""
    percent = plain_number(one.said("masteryscore"))
    if percent is not None:
        return _share(percent / 100)
    first = one.find("sequencing", "objectives", "primaryObjective")
    if first is None or first.get("satisfiedByMeasure").lower() != "true":
        return None
    return _share(plain_number(first.said("minNormalizedMeasure", usual="1")))


def _share(number: Fraction | None) -> Fraction | None:
    return number if number is not None and 0 <= number <= 1 else None


def _without_contents(
    resources: Mapping[str, tuple[Node, str]], package: Package
) -> Iterator[Item]:
    """What can be started in a package that is only a heap of resources."""
    for key, (node, base) in resources.items():
        if node.get("href") and (node.get("scormtype") or node.get("scormType")).lower() == "sco":
            title = short(key) or short(node.get("href"))
            path, query = launch_file(package, base, node.get("href"), item=title)
            yield Item(key=title[:120], title=title, path=path, query=query)


def _remarks(tables: list[Node], table: Node | None) -> Iterator[Remark]:
    if len(tables) > 1:
        yield Remark("other_contents")
    for one in table.walk() if table else ():
        title = short(one.said("title")) or short(one.get("identifier"))
        if one.tag == "item" and one.said("prerequisites"):
            yield Remark("prerequisites", title)
        if one.tag == "item" and one.get("isvisible").lower() == "false":
            yield Remark("hidden", title)
        if one.tag in {"item", "organization"}:
            yield from (Remark(code, title) for code in _steering(one))


def _steering(one: Node) -> Iterator[str]:
    """What asks for more of a player than to start the part."""
    if any(child.tag in TIME and child.text.strip() for child in one.nodes):
        yield "time_limit"
    if any(child.tag == "presentation" for child in one.nodes):
        yield "navigation"
    rules = one.find("sequencing")
    if rules is None:
        return
    if rules.get("IDRef") or any(child.tag in STEERS for child in rules.nodes):
        yield "sequencing"
    if any(child.tag == "mapInfo" for child in rules.walk()):
        yield "objectives"
