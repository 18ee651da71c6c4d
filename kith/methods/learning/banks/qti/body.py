"""The body of an item: its text without the places where somebody answers."""

from kith.methods.learning.banks.bank import words
from kith.methods.learning.banks.markdown import from_html, to_plain
from kith.methods.learning.banks.notes import Notes
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.schema import Words

PLACE = "\ue000{}\ue001"
FEEDBACK = {"feedbackInline", "feedbackBlock"}
SCORER = {"scorer", "tutor", "author"}


class Body:
    """Reads texts of one item. `interactions` are where somebody answers, in their order."""

    def __init__(self, item: Node, notes: Notes, language: str) -> None:
        self.notes, self.language = notes, language
        self.node = item.find("itemBody") or Node("")
        self.interactions = [one for one in self.node.walk() if one.tag.endswith("Interaction")]

    def words(self, node: Node | None) -> Words:
        """The text of an element as Markdown."""
        return words(self.language, self.markdown(node)) if node else {}

    def plain(self, node: Node) -> Words:
        return words(self.language, to_plain(self.markdown(node)))

    def markdown(self, node: Node) -> str:
        return from_html(_without(node, {}).inner, self.notes)

    @property
    def stem(self) -> Words:
        """The text of the body and of the prompts."""
        blank = {id(one): "" for one in self.interactions}
        parts = [_without(self.node, blank).inner]
        parts += [prompt.inner for one in self.interactions for prompt in one.all("prompt")]
        return words(self.language, from_html("<p></p>".join(parts), self.notes))

    @property
    def with_places(self) -> str:
        """The text of the body with a private sign for each place: PLACE of its number from 1."""
        places = {
            id(one): PLACE.format(number) for number, one in enumerate(self.interactions, start=1)
        }
        return from_html(_without(self.node, places).inner, self.notes)

    @property
    def notes_for_trainers(self) -> Words:
        found = [one for one in self.node.walk() if one.tag == "rubricBlock" and _for_scorers(one)]
        return words(self.language, from_html("".join(one.inner for one in found), self.notes))

    def stands_alone(self) -> bool:
        """Whether the only place is in a block of its own, not within a text."""
        only = self.interactions[0]
        blocks = (one for one in self.node.walk() if any(inner is only for inner in one.nodes))
        block = next(blocks, None)
        inner = block.text.strip() if block and block is not self.node else ""
        return not inner


def _for_scorers(node: Node) -> bool:
    return bool(SCORER & set(node.get("view").split()))


def _without(node: Node, places: dict[int, str]) -> Node:
    """A copy without feedback and without what only trainers read; places become their texts."""
    children: list[Node | str] = []
    for one in node.children:
        if isinstance(one, str):
            children.append(one)
        elif id(one) in places:
            children.append(places[id(one)])
        elif one.tag not in FEEDBACK and not (one.tag == "rubricBlock" and _for_scorers(one)):
            children.append(_without(one, places))
    return Node(node.tag, node.attrs, children, node.line)
