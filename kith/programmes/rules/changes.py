"""What changed between two settings, setting by setting, and for whom it counts."""

from dataclasses import dataclass

from kith.programmes.rules.settings import REACH_WORDS, SETTINGS, Part, Reach, Setting, Text
from kith.programmes.rules.templates import ProgrammeTemplate


@dataclass(frozen=True)
class Difference:
    """One setting that says something else than before."""

    part: Part
    label: Text
    reach: Reach
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def reach_words(self) -> Text:
        """For whom the change counts, in a sentence."""
        return REACH_WORDS[self.reach]


def differences(before: ProgrammeTemplate, after: ProgrammeTemplate) -> list[Difference]:
    """Every setting that says something else, in the order of the pages."""
    found = (_difference(one, before, after) for one in SETTINGS)
    return [one for one in found if one is not None]


def _difference(
    setting: Setting, before: ProgrammeTemplate, after: ProgrammeTemplate
) -> Difference | None:
    """Said in the language of the page; where only other languages differ, in all of them."""
    for words in (setting.words, setting.whole):
        if words is not None and list(words(before)) != list(words(after)):
            old, new = tuple(words(before)), tuple(words(after))
            return Difference(setting.part, setting.label, setting.reach, old, new)
    return None


def of_part(part: Part, rules: ProgrammeTemplate) -> list[tuple[Text, tuple[str, ...]]]:
    """What the settings of one part say."""
    return [(one.label, tuple(one.words(rules))) for one in SETTINGS if one.part is part]
