"""Words of the pages on which courses are written."""

from django.utils.translation import gettext_lazy as _

from kith.learning.rules.changes import What
from kith.learning.rules.states import PartKind, VersionState
from kith.learning.rules.translating import Done
from kith.methods.learning.banks.notes import Weight
from kith.methods.learning.questions.schema import Kind
from kith.web.words import Text

VERSION_WORDS: dict[VersionState, tuple[Text, str]] = {
    VersionState.DRAFT: (_("Draft"), "info"),
    VersionState.IN_USE: (_("In use"), "good"),
    VersionState.BEFORE: (_("Used before"), "calm"),
}
PART_WORDS: dict[PartKind, Text] = {
    PartKind.MODULE: _("Module"),
    PartKind.VIGNETTE: _("Story"),
}
WHAT_WORDS: dict[What, Text] = {
    What.NEW: _("new"),
    What.GONE: _("taken out"),
    What.CHANGED: _("changed"),
}
KIND_WORDS: dict[Kind, Text] = {
    Kind.SINGLE: _("One right answer"),
    Kind.MULTIPLE: _("Several right answers"),
    Kind.MATCHING: _("Pairs"),
    Kind.ORDERING: _("Order"),
    Kind.NUMERIC: _("A number"),
    Kind.SHORT: _("A word or a few"),
    Kind.GAP: _("Text with gaps"),
    Kind.ESSAY: _("Open task"),
}
WEIGHT_WORDS: dict[Weight, Text] = {
    Weight.LEFT_OUT: _("Not taken"),
    Weight.CHANGED: _("Taken with a change"),
    Weight.FYI: _("Good to know"),
}
FORMAT_WORDS: dict[str, Text] = {
    "toml": "questions.toml",
    "gift": "GIFT",
    "moodle": "Moodle XML",
    "aiken": "Aiken",
    "qti22": "QTI 2.2",
    "qti30": "QTI 3.0",
}
FORMAT_HELP: dict[str, Text] = {
    "toml": _("Kith's own: every kind, every language, nothing is lost."),
    "gift": _("Text that Moodle reads; one language."),
    "moodle": _("What Moodle exports itself; one language."),
    "aiken": _("The plainest: only questions with one right answer, without feedback."),
    "qti22": _("A package that many learning platforms read; one language."),
    "qti30": _("The newer form of the same; one language."),
}
EXAMPLES: dict[Kind, str] = {
    Kind.MATCHING: """pairs = [
  { left = { en = "…" }, right = { en = "…" } },
  { left = { en = "…" }, right = { en = "…" } },
]
others = [ { en = "a right side that belongs to no left one" } ]
right_why = { en = "…" }
wrong_why = { en = "…" }
""",
    Kind.ORDERING: """items = [
  { en = "first" },
  { en = "second" },
  { en = "third" },
]
right_why = { en = "…" }
wrong_why = { en = "…" }
""",
    Kind.NUMERIC: """answer = 500
tolerance = 25
unit = { en = "people" }
right_why = { en = "…" }
wrong_why = { en = "…" }
""",
    Kind.SHORT: """accepted = { en = ["coordinator", "the coordinator"] }
right_why = { en = "…" }
wrong_why = { en = "…" }
""",
    Kind.GAP: """text = { en = "Say what you {1} and ask what it {2}." }
gaps = [
  { right = { en = ["saw"] }, wrong = { en = ["feel", "guess"] } },
  { right = { en = ["means", "meant"] } },
]
right_why = { en = "…" }
wrong_why = { en = "…" }
""",
    Kind.ESSAY: """words = 150
criteria = [
  { key = "asks-first", taught = "module/screen", en = "…" },
]
example = { en = "…" }
""",
    Kind.SINGLE: """options = [
  { right = true, en = "…", why = { en = "…" } },
  { en = "…", why = { en = "…" } },
  { en = "…", why = { en = "…" } },
]
""",
}
EXAMPLES[Kind.MULTIPLE] = EXAMPLES[Kind.SINGLE]


def example_of(kind: Kind) -> str:
    """A question of a kind to begin with, as its file has it."""
    tests = "" if kind is Kind.ESSAY else 'tests = "…"\n'
    head = f'[[question]]\nkey = "…"\nkind = "{kind.value}"\n{tests}stem = {{ en = "…" }}\n'
    return head + EXAMPLES[kind]


DONE_WORDS: dict[Done, tuple[Text, str]] = {
    Done.MISSING: (_("to translate"), "calm"),
    Done.STALE: (_("the English has changed"), "warn"),
    Done.THERE: (_("translated"), "good"),
}
TEXT_WORDS: dict[str, Text] = {
    "title": _("Title"),
    "aim": _("Aim"),
    "summary": _("Summary"),
    "for_whom": _("For whom"),
    "outcomes": _("What people can do afterwards"),
    "heading": _("Heading"),
    "body": _("Text"),
    "stem": _("Question"),
    "why": _("After every answer"),
    "right_why": _("After a right answer"),
    "partly_why": _("After an answer that is partly right"),
    "wrong_why": _("After a wrong answer"),
    "options.text": _("Answer"),
    "options.why": _("Why it is right or wrong: answer"),
    "pairs.left": _("Left side of pair"),
    "pairs.right": _("Right side of pair"),
    "others.text": _("Right side without a left one"),
    "items.text": _("Item"),
    "unit": _("Unit of measure"),
    "numbers.why": _("What is said to this number"),
    "text": _("Text with gaps"),
    "answers.right": _("What counts as right, one on each line"),
    "answers.wrong": _("What does not count as right, one on each line"),
    "answers.why": _("What is said to this answer"),
    "gaps.answers.right": _("What is right, one on each line: gap"),
    "gaps.answers.wrong": _("What is wrong, one on each line: gap"),
    "gaps.numbers.why": _("What is said to this number"),
    "template": _("What stands in the field already"),
    "example": _("An answer that would be good"),
    "notes": _("Notes for the trainer"),
    "criteria.text": _("What the trainer looks for"),
}
