"""cmi5.xml: the units of a course for which the learner's record is kept by xAPI."""

from collections.abc import Iterator

from kith.methods.learning.archives import Package
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.packages.launching import MOST_ITEMS, launch_file, short
from kith.methods.learning.packages.reasons import BadPackage
from kith.methods.learning.packages.schema import Item, Manifest, MoveOn, Remark, Standard
from kith.methods.learning.questions.numbers import plain_number

NAME = "cmi5.xml"
OWN_WINDOW = "OwnWindow"


def read_structure(root: Node, package: Package) -> Manifest:
    """What a package of cmi5 holds. Raises BadPackage."""
    course = root.find("course")
    if root.tag != "courseStructure" or course is None:
        raise BadPackage("not_cmi5", name=NAME)
    items = tuple(_units(root, package))
    if not items:
        raise BadPackage("nothing_to_start")
    if len(items) > MOST_ITEMS:
        raise BadPackage("too_many_items", limit=MOST_ITEMS)
    title = _said(course.find("title")) or items[0].title
    activity = short(course.get("id"))
    return Manifest(Standard.CMI5, title, items, tuple(_remarks(root)), activity)


def _units(node: Node, package: Package, above: tuple[str, ...] = ()) -> Iterator[Item]:
    for one in node.nodes:
        if one.tag == "au":
            yield _unit(one, package, above)
        elif one.tag == "block":
            yield from _units(one, package, (*above, _said(one.find("title"))))


def _unit(one: Node, package: Package, above: tuple[str, ...]) -> Item:
    title = _said(one.find("title")) or short(one.get("id"))
    path, query = launch_file(package, "", one.said("url"), item=title)
    number = plain_number(one.get("masteryScore"))
    return Item(
        key=short(one.get("id"))[:120] or path[:120],
        title=title,
        path=path,
        query=query,
        depth=len(above),
        headings=above,
        mastery=number if number is not None and 0 <= number <= 1 else None,
        launch=one.said("launchParameters"),
        move_on=_move_on(one.get("moveOn")),
        own_window=one.get("launchMethod") == OWN_WINDOW,
        activity=short(one.get("id")),
    )


def _move_on(said: str) -> MoveOn:
    return MoveOn(said) if said in list(MoveOn) else MoveOn.NOT_APPLICABLE


def _said(words: Node | None) -> str:
    """A text of several languages: the English one, else the first."""
    texts = words.all("langstring") if words else []
    english = [one for one in texts if one.get("lang").lower().startswith("en")]
    return short(next((one.text for one in (*english, *texts)), ""))


def _remarks(root: Node) -> Iterator[Remark]:
    for one in root.walk():
        if one.tag == "au" and one.said("entitlementKey"):
            yield Remark("entitlement", _said(one.find("title")))
