"""What a programme is about: parts of daily life, goals, looking back, the special paper."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kith.programmes.forms.parts import Group, PartForm, WeeksField
from kith.programmes.rules import (
    GuideKey,
    ProgrammeTemplate,
    all_guides,
    known_documents,
    template_words,
)
from kith.programmes.rules.sentences import language
from kith.programmes.rules.settings import Part, Reach
from kith.web.forms import ManyChoices


class FocusForm(PartForm):
    """Domains, goals, the map, the paper."""

    part = Part.FOCUS

    domains = forms.MultipleChoiceField(
        label=gettext_lazy("Parts of daily life"),
        widget=ManyChoices(),
        help_text=gettext_lazy(
            "They come first where people choose goals. The others can be chosen all the same."
        ),
    )
    max_goals = forms.IntegerField(
        label=gettext_lazy("Goals at a time, at most"),
        min_value=1,
        max_value=3,
        help_text=gettext_lazy("Whoever has more keeps them; the next one waits."),
    )
    goal_scaling = forms.BooleanField(
        label=gettext_lazy("Describe five outcomes for each goal"),
        required=False,
        help_text=gettext_lazy(
            "Goal attainment scaling: the participant says in their own words what much less, less,"
            " as much, more and much more than expected would be. A figure is made for the whole"
            " programme only, from ten people on, and never for a person."
        ),
    )
    look_again_weeks = WeeksField(
        label=gettext_lazy("Looking at the domain map again, in weeks"),
        required=False,
        help_text=gettext_lazy("Weeks with commas between them, such as 12, 24."),
    )
    documents = forms.MultipleChoiceField(
        label=gettext_lazy("Papers"),
        widget=ManyChoices(),
        help_text=gettext_lazy("What people fill in together, besides the agreement."),
    )

    guides = forms.MultipleChoiceField(
        label=gettext_lazy("Guides for meetings"),
        required=False,
        widget=ManyChoices(),
        help_text=gettext_lazy(
            "The page of a match shows those of its phase. All of them stay in the library."
        ),
    )

    def build(self) -> None:
        names = template_words().domains
        numbered = [
            (str(number), label.name.say(language())) for number, label in enumerate(names, start=1)
        ]
        papers = [(paper.key, paper.title.say(language())) for paper in self._papers().values()]
        self.fields["domains"].choices = numbered  # type: ignore[attr-defined]
        titles = [(guide.key.value, guide.title.say(language())) for guide in all_guides()]
        self.fields["documents"].choices = papers  # type: ignore[attr-defined]
        self.fields["guides"].choices = titles  # type: ignore[attr-defined]

    def _papers(self) -> dict[str, Any]:
        return {paper.key: paper for paper in (*self.rules.documents, *known_documents())}

    def first_values(self) -> dict[str, Any]:
        return {
            "domains": [str(number) for number in self.rules.focus_domains],
            "max_goals": self.rules.max_goals,
            "goal_scaling": self.rules.goal_scaling,
            "look_again_weeks": self.rules.look_again_weeks,
            "documents": [paper.key for paper in self.rules.documents],
            "guides": [key.value for key in self.rules.guides],
        }

    def groups(self) -> list[Group]:
        return [
            self.group(
                gettext_lazy("Parts of daily life and goals"),
                Reach.AT_ONCE,
                "domains",
                "max_goals",
                "goal_scaling",
            ),
            self.group(gettext_lazy("Looking back"), Reach.REMINDERS, "look_again_weeks"),
            self.group(gettext_lazy("Papers"), Reach.NEXT_MATCHES, "documents"),
            self.group(gettext_lazy("Guides for meetings"), Reach.AT_ONCE, "guides"),
        ]

    def changed(self, typed: dict[str, Any]) -> ProgrammeTemplate:
        # Those of before keep their order, new ones come after them.
        chosen = {int(number) for number in typed["domains"]}
        kept = [number for number in self.rules.focus_domains if number in chosen]
        named = {GuideKey(key) for key in typed["guides"]}
        guides = [key for key in self.rules.guides if key in named]
        return replace(
            self.rules,
            focus_domains=(*kept, *sorted(chosen - set(kept))),
            max_goals=typed["max_goals"],
            goal_scaling=typed["goal_scaling"],
            look_again_weeks=typed["look_again_weeks"],
            documents=tuple(self._papers()[key] for key in typed["documents"]),
            guides=(*guides, *(key for key in GuideKey if key in named - set(guides))),
        )
