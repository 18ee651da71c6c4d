"""Writing courses: titles, screens, sources, pictures, questions, files."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.learning.commands.parts import Head
from kith.learning.rules.choosing import TypedOption, TypedQuestion
from kith.learning.rules.pieces import KEY
from kith.learning.rules.translating import Text
from kith.methods.learning.courses.schema import Module, Part, Screen, Source
from kith.methods.learning.questions.schema import ENGLISH, Choosing, Option
from kith.people.rules.labels import languages
from kith.web.forms import KithForm

PICTURE_NAME = re.compile(r"[A-Za-z0-9][\w.-]*\.svg", re.ASCII)
MOST_PICTURE_BYTES = 1_000_000
ROWS = 22
USUAL_MINUTES = 40


class HeadForm(KithForm):
    """Title, aim and minutes of a module; a story has no aim."""

    title = forms.CharField(label=_("Title"), max_length=200)
    aim = forms.CharField(
        label=_("Aim"),
        help_text=_("What somebody can do afterwards: “After this module you can …”"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = forms.IntegerField(label=_("How long does it take?"), min_value=1, max_value=600)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        initial = {"title": part.title.get(ENGLISH, ""), "minutes": part.minutes}
        if isinstance(part, Module):
            initial["aim"] = part.aim.get(ENGLISH, "")
        super().__init__(*args, initial=initial, **kwargs)
        if not isinstance(part, Module):
            del self.fields["aim"]

    def head(self) -> Head:
        return Head(**self.cleaned_data)


class ModuleForm(KithForm):
    """A module that does not exist yet."""

    title = forms.CharField(label=_("Title"), max_length=200)
    aim = forms.CharField(
        label=_("Aim"),
        help_text=_("What somebody can do afterwards: “After this module you can …”"),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    minutes = forms.IntegerField(
        label=_("How long does it take?"),
        help_text=_("Reading, activities and quiz together: 30 to 45."),
        min_value=1,
        max_value=600,
        initial=USUAL_MINUTES,
    )

    def head(self) -> Head:
        return Head(**self.cleaned_data)


class ScreenForm(KithForm):
    """One screen in English."""

    heading = forms.CharField(label=_("Heading"), max_length=200)
    body = forms.CharField(
        label=_("Text"),
        help_text=_("One idea in 90 to 300 words. How to write is explained below the text."),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": ROWS, "lang": "en", "dir": "ltr"}),
    )

    def __init__(self, *args: Any, preview_url: str, screen: Screen | None = None, **kw: Any):
        initial = {}
        if screen is not None:
            initial = {
                "heading": screen.heading.get(ENGLISH, ""),
                "body": screen.body.get(ENGLISH, ""),
            }
        super().__init__(*args, initial=initial, **kw)
        self.fields["body"].widget.attrs.update({
            "hx-post": preview_url,
            "hx-trigger": "input changed delay:600ms",
            "hx-target": "#preview",
            "hx-swap": "innerHTML",
        })  # fmt: skip

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if not body.strip():
            raise ValidationError(gettext("Write what people read on this screen."))
        return body


class SourceForm(KithForm):
    """What a text cites."""

    key = forms.CharField(
        label=_("Short name"),
        help_text=_("Texts cite it so: [@short-name]. Small letters, digits and hyphens."),
        max_length=48,
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    publisher = forms.CharField(label=_("Publisher or author"), max_length=200)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1, max_value=9999)
    address = forms.URLField(label=_("Address on the web"), max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, source: Source | None = None, **kwargs: Any) -> None:
        names = ("key", "title", "publisher", "year", "address")
        initial = {name: getattr(source, name) for name in names} if source else {}
        super().__init__(*args, initial=initial, **kwargs)

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"].strip().removeprefix("[@").removesuffix("]")
        if not KEY.fullmatch(key):
            raise ValidationError(gettext("Use small letters, digits and hyphens only."))
        return key

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not address.startswith(("https://", "http://")):
            raise ValidationError(gettext("An address begins with https:// or http://."))
        return address

    def source(self) -> Source:
        return Source(**self.cleaned_data)


class PictureForm(KithForm):
    """A picture of a module."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "Only SVG drawings, up to 60 kB; photos are not possible here. A drawing with words"
            " in it has one file for each language: bridge.en.svg, bridge.pl.svg."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".svg,image/svg+xml"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not PICTURE_NAME.fullmatch(file.name):
            raise ValidationError(
                gettext(
                    "The name of the file needs to end in .svg and to be of letters, digits, dots"
                    " and hyphens."
                )
            )
        if file.size > MOST_PICTURE_BYTES:
            raise ValidationError(gettext("A picture has 60 kB at most."))
        return file


class CourseFilesForm(KithForm):
    """A course as files."""

    file = forms.FileField(
        label=_("Course as a zip file"),
        help_text=_(
            "The folder of a course with course.toml, one folder for each module, and their texts,"
            " as Kith gives it out itself."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )


class BankFileForm(KithForm):
    """Questions from elsewhere."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "GIFT, Moodle XML, Aiken, QTI 2.1 to 3.0, Common Cartridge or questions.toml. What it"
            " is, Kith finds out. Nothing is kept before you have seen what was found."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the questions"),
        help_text=_("Files of questions do not say it. In questions.toml each text says its own."),
        choices=languages,
        initial=ENGLISH,
    )


class TakeForm(KithForm):
    """What was found in a file and looked at."""

    found = forms.CharField(widget=forms.HiddenInput)


class TomlForm(KithForm):
    """A question as its file has it."""

    block = forms.CharField(
        label=_("The question"),
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(
            attrs={
                "rows": ROWS,
                "dir": "ltr",
                "spellcheck": "false",
                "autocapitalize": "off",
                "class": "form-control authoring-code",
            }
        ),
    )


OPTIONS = 6


class ChoosingForm(KithForm):
    """A question with options, in English."""

    stem = forms.CharField(
        label=_("Question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    tests = forms.CharField(
        label=_("Sentence of the text that it is about"),
        help_text=_(
            "Letter by letter as it stands in the English text: whoever answers wrongly is led"
            " there. No two questions are about the same sentence."
        ),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, one_right: bool, old: Choosing | None = None, **kw: Any) -> None:
        initial = {"stem": old.stem.get(ENGLISH, ""), "tests": old.tests} if old else {}
        super().__init__(*args, initial=initial, **kw)
        self.one_right = one_right
        options = old.options if old else ()
        self.places = range(max(OPTIONS, len(options)))
        for place in self.places:
            self._add_option(place, options[place] if place < len(options) else None)

    def _add_option(self, place: int, old: Option | None) -> None:
        self.fields[f"text_{place}"] = text = forms.CharField(
            label=_("Answer"), required=False, max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip
        self.fields[f"right_{place}"] = right = forms.BooleanField(
            label=_("This is right"), required=False
        )
        self.fields[f"why_{place}"] = why = forms.CharField(
            label=_("Why it is right or wrong"), required=False, max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip
        if old is not None:
            text.initial, why.initial = old.text.get(ENGLISH, ""), old.why.get(ENGLISH, "")
            right.initial = old.weight > 0

    def rows(self) -> Iterator[tuple[int, BoundField, BoundField, BoundField]]:
        """Number and fields of each option."""
        for place in self.places:
            yield place + 1, self[f"text_{place}"], self[f"right_{place}"], self[f"why_{place}"]

    def typed(self) -> TypedQuestion:
        """What was typed; options without a text are left out."""
        values = self.cleaned_data
        options = tuple(
            TypedOption(
                place, values[f"text_{place}"], values[f"right_{place}"], values[f"why_{place}"]
            )
            for place in self.places
            if values.get(f"text_{place}")
        )
        return TypedQuestion(values.get("stem", ""), values.get("tests", ""), options)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        options = self.typed().options
        right = sum(one.right for one in options)
        if len(options) < 2:
            self.add_error("text_1", gettext("A question has two answers or more."))
        if not right:
            self.add_error("right_0", gettext("Tick the answer that is right."))
        if self.one_right and right > 1:
            self.add_error("right_0", gettext("Only one answer is right in this kind."))
        return found


def _others() -> list[tuple[str, str]]:
    return [(code, name) for code, name in languages() if code != ENGLISH]


class LanguageForm(KithForm):
    """Another language to translate into."""

    language = forms.ChoiceField(label=_("Language"), choices=_others)


LONG = 120
"""From so many letters on, a text gets a field of several lines."""


class PieceForm(KithForm):
    """The texts of one piece in another language; what is left empty stays to be translated."""

    def __init__(
        self,
        *args: Any,
        texts: Sequence[Text],
        labels: Sequence[str],
        code: str,
        direction: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = texts
        for number, (text, label) in enumerate(zip(texts, labels, strict=True)):
            self.fields[f"text_{number}"] = forms.CharField(
                label=label,
                initial=text.other,
                required=False,
                max_length=20_000,
                widget=_widget(text, {"lang": code, "dir": direction}),
            )

    def rows(self) -> list[tuple[Text, BoundField]]:
        """Each English text with its field."""
        return [(text, self[f"text_{number}"]) for number, text in enumerate(self.pieces)]

    def texts(self) -> dict[str, str]:
        """Path -> what was typed."""
        values = self.cleaned_data
        return {
            text.path: values[f"text_{number}"].replace("\r\n", "\n")
            for number, text in enumerate(self.pieces)
        }


def _widget(text: Text, attrs: dict[str, Any]) -> forms.Widget:
    if text.path == "body":
        return forms.Textarea(attrs={**attrs, "rows": ROWS})
    if text.is_list or len(text.english) > LONG:
        return forms.Textarea(attrs={**attrs, "rows": 3})
    return forms.TextInput(attrs=attrs)
