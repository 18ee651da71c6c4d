"""Templates as they ship with Kith, and the words for what they name by a key."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kith.base.content import ContentFault, ParticipantText, Unfit, read_content
from kith.methods.tables.topics import DOMAINS
from kith.programmes.rules.templates import (
    CheckKind,
    HardCriterion,
    ProgrammeTemplate,
    SoftCriterion,
)

CONTENT = Path(__file__).parent.parent / "content"

TEMPLATE_KEYS = (
    "base",
    "de_tandem",
    "se_buddy",
    "uk_goal_mentor",
    "ca_welcome_group",
    "au_language_tutor",
)


class TemplateFault(ContentFault):
    """A programme template says something that no code expects, or leaves something out."""


@dataclass(frozen=True)
class Label:
    key: str
    name: ParticipantText


@dataclass(frozen=True)
class TemplateWords:
    """The words for what templates name by a key."""

    hard_criteria: tuple[Label, ...]
    soft_criteria: tuple[Label, ...]
    checks: tuple[Label, ...]
    domains: tuple[Label, ...]
    modules: tuple[Label, ...]

    def __post_init__(self) -> None:
        for field, labels, keys in (
            ("hard_criteria", self.hard_criteria, HardCriterion),
            ("soft_criteria", self.soft_criteria, SoftCriterion),
            ("checks", self.checks, CheckKind),
        ):
            if [label.key for label in labels] != [member.value for member in keys]:
                raise Unfit(field, "every key needs its words once, in the order of the code")
        if [label.key for label in self.domains] != list(DOMAINS):
            raise Unfit("domains", "every domain needs its words once, in the order of the code")


@cache
def load_template(key: str) -> ProgrammeTemplate:
    """The template of that key. Raises TemplateFault with the file and the key at fault."""
    path = CONTENT / "templates" / f"{key}.toml"
    if key not in TEMPLATE_KEYS:
        raise TemplateFault(path.name, "", "there is no such template")
    template = read_content(path, ProgrammeTemplate, fault=TemplateFault)
    if template.key != key:
        raise TemplateFault(path.name, "key", "it differs from the name of the file")
    return template


def all_templates() -> tuple[ProgrammeTemplate, ...]:
    return tuple(load_template(key) for key in TEMPLATE_KEYS)


@cache
def template_words() -> TemplateWords:
    return read_content(CONTENT / "words.toml", TemplateWords, fault=TemplateFault)
