"""The shape of what people type in this room."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from kith.methods.instruments.findings import Finding
from kith.methods.instruments.schema import Choice, Instrument, Words
from kith.methods.instruments.xlsform.languages import own_name
from kith.people.rules import Side
from kith.questionnaires.models import Questionnaire
from kith.questionnaires.rules import MOST_WEEK, Moment, Readers
from kith.questionnaires.rules import words as say
from kith.questionnaires.rules.editing import (
    MOST_CHOICES,
    WITH_CHOICES,
    Condition,
    Draft,
    QuestionKind,
    draft_of,
    may_depend_on,
)
from kith.questionnaires.rules.findings import finding_words
from kith.web.forms import CardText, ChoiceCards, KithForm, ManyChoices, dress
from kith.web.words import Text, isolated

LANGUAGES = (
    "en", "pl", "ar", "uk", "ru", "de", "fr", "es", "fa", "prs", "ps", "tr", "ku", "so", "ti", "am",
    "be", "ka", "vi", "ur", "bn", "sv",
)  # fmt: skip
"""Languages in which questions can be written here; files may bring others."""
TITLE, LABEL, HINT, CHOICES = "title", "label", "hint", "choices"
BETWEEN = re.compile(r"[,،;؛\s]+")


def language_names() -> list[tuple[str, Text]]:
    return [(code, own_name(code)) for code in LANGUAGES]


class UploadForm(KithForm):
    """A pack or an XLSForm."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An XLSForm (.xlsx, .xls), or a pack with its licence (.toml). It is looked at first."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the questions"),
        help_text=gettext_lazy("Only counts where the columns of the file do not say it."),
        choices=language_names,
    )


class TitleForm(KithForm):
    """The title of a questionnaire written here, and its languages."""

    first = forms.ChoiceField(
        label=gettext_lazy("You write it in"),
        help_text=gettext_lazy("Who reads no other of its languages sees this one."),
        choices=language_names,
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("People who answer read it too."),
        max_length=120,
    )
    others = forms.MultipleChoiceField(
        label=gettext_lazy("Also in"),
        required=False,
        choices=language_names,
        widget=ManyChoices,
    )

    def languages(self) -> tuple[str, ...]:
        """All languages, the one it is written in first."""
        first = self.cleaned_data["first"]
        return (first, *(code for code in self.cleaned_data["others"] if code != first))


class TranslatedForm(KithForm):
    """A form with one field for each language of a questionnaire."""

    languages: tuple[str, ...] = ()

    def add(self, key: str, code: str, field: forms.Field) -> None:
        """One field of one language."""
        self.fields[f"{key}_{code}"] = field

    def words(self, key: str) -> dict[str, str]:
        """Language → text, where something was written."""
        found = {code: self.cleaned_data.get(f"{key}_{code}", "") for code in self.languages}
        return {code: text.strip() for code, text in found.items() if text.strip()}

    def fields_of(self, key: str) -> list[forms.BoundField]:
        return [self[f"{key}_{code}"] for code in self.languages if f"{key}_{code}" in self.fields]


class TitlesForm(TranslatedForm):
    """The title in each language of a questionnaire, and which languages it has."""

    def __init__(self, sent: Any = None, *, instrument: Instrument) -> None:
        super().__init__(sent)
        self.languages = instrument.languages
        for code in self.languages:
            field = forms.CharField(
                label=_in_language(gettext("Title"), code),
                max_length=120,
                required=code == instrument.default_language,
                initial=instrument.title.get(code, ""),
            )
            self.add(TITLE, code, field)
        self.fields["others"] = forms.MultipleChoiceField(
            label=gettext("Also in"),
            required=False,
            choices=[one for one in language_names() if one[0] != instrument.default_language],
            initial=self.languages[1:],
            widget=ManyChoices(),
        )
        dress_languages(self)

    def chosen(self) -> tuple[str, ...]:
        """The languages from now on, the one it is written in first."""
        return (self.languages[0], *self.cleaned_data["others"])


class QuestionForm(TranslatedForm):
    """One question in each language, with its choices, and when it is asked."""

    def __init__(
        self, sent: Any = None, *, instrument: Instrument, kind: QuestionKind, name: str = ""
    ) -> None:
        super().__init__(sent)
        self.instrument, self.kind, self.name = instrument, kind, name
        self.languages, self.first = instrument.languages, instrument.default_language
        known = draft_of(instrument, name) if name else Draft(kind, {})
        for code in self.languages:
            self._add_language(code, known)
        if kind is not QuestionKind.NOTE:
            self.fields["required"] = forms.BooleanField(
                label=gettext("Ask for an answer, or for “Rather not say”"),
                required=False,
                initial=known.required,
            )
        self._add_condition(known.condition)
        dress_languages(self)

    def _add_language(self, code: str, known: Draft) -> None:
        is_first = code == self.first
        label = gettext("Text") if self.kind is QuestionKind.NOTE else gettext("Question")
        self.add(
            LABEL,
            code,
            forms.CharField(
                label=_in_language(label, code),
                widget=forms.Textarea(attrs={"rows": "2"}),
                max_length=600,
                required=is_first,
                initial=known.label.get(code, ""),
            ),
        )
        if self.kind is not QuestionKind.NOTE:
            self.add(
                HINT,
                code,
                forms.CharField(
                    label=_in_language(gettext("Help below the question"), code),
                    max_length=400,
                    required=False,
                    initial=known.hint.get(code, ""),
                ),
            )
        if self.kind in WITH_CHOICES:
            lines = "\n".join(choice.label.get(code, "") for choice in known.choices)
            self.add(
                CHOICES,
                code,
                forms.CharField(
                    label=_in_language(gettext("Answers to choose from"), code),
                    help_text=gettext("One on each line, in the same order in every language."),
                    widget=forms.Textarea(attrs={"rows": "5"}),
                    max_length=8_000,
                    required=is_first,
                    initial=lines,
                ),
            )

    def _add_condition(self, known: Condition | None) -> None:
        offered = _conditions(self.instrument, self.name)
        if offered:
            self.fields["after"] = forms.ChoiceField(
                label=gettext("When is it asked?"),
                required=False,
                choices=[("", gettext("Always")), *offered],
                initial=_condition_key(known) if known else "",
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.kind in WITH_CHOICES:
            self._check_choices()
        return cleaned

    def _check_choices(self) -> None:
        lines = {code: self._lines(code) for code in self.languages}
        number = len(lines[self.first])
        if not 2 <= number <= MOST_CHOICES:
            self.add_error(f"{CHOICES}_{self.first}", gettext("Write two to forty answers."))
        for code, found in lines.items():
            if found and len(found) != number:
                said = gettext("Here are %(here)d answers, in the first language %(there)d.")
                self.add_error(f"{CHOICES}_{code}", said % {"here": len(found), "there": number})

    def _lines(self, code: str) -> list[str]:
        text = (self.cleaned_data or {}).get(f"{CHOICES}_{code}", "")
        return [line.strip() for line in text.splitlines() if line.strip()]

    def draft(self) -> Draft:
        """The question as it was written."""
        return Draft(
            kind=self.kind,
            label=self.words(LABEL),
            hint=self.words(HINT),
            choices=self._choices() if self.kind in WITH_CHOICES else (),
            required=bool(self.cleaned_data.get("required")),
            condition=_condition(self.cleaned_data.get("after", "")),
        )

    def _choices(self) -> tuple[Choice, ...]:
        """The choices, under the codes they had, so that answers keep their meaning."""
        known = draft_of(self.instrument, self.name).choices if self.name else ()
        codes = {one.label.get(self.first, ""): one.code for one in known}
        taken = set(codes.values())
        fresh = (code for number in range(1, 500) if (code := f"a{number}") not in taken)
        lines = {code: self._lines(code) for code in self.languages}
        labels = [
            {code: found[at] for code, found in lines.items() if found}
            for at in range(len(lines[self.first]))
        ]
        return tuple(
            Choice(codes.pop(label[self.first], "") or next(fresh), label) for label in labels
        )

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Say at the field what may not be asked, or does not work."""
        for one in findings:
            fields = {"label": LABEL, "hint": HINT}
            key = CHOICES if one.sheet == "choices" else fields.get(one.column, LABEL)
            name = f"{key}_{self.first}"
            self.add_error(name if name in self.fields else None, finding_words(one))


class AskForm(KithForm):
    """What a programme asks: when, whom, and who reads the answers."""

    questionnaire = forms.ModelChoiceField(
        label=gettext_lazy("Questionnaire"), queryset=Questionnaire.objects.none()
    )
    side = forms.TypedChoiceField(
        label=gettext_lazy("Who is asked?"),
        coerce=Side,
        choices=[(str(side), say.SIDES[side]) for side in Side],
        widget=ChoiceCards({}),
    )
    moment = forms.TypedChoiceField(
        label=gettext_lazy("When?"),
        coerce=Moment,
        choices=[(str(moment), say.MOMENTS[moment]) for moment in Moment],
        widget=ChoiceCards(
            {str(key): CardText(help=text) for key, text in say.MOMENT_HELP.items()}
        ),
    )
    weeks = forms.CharField(
        label=gettext_lazy("In which weeks?"),
        help_text=gettext_lazy("Only for “In certain weeks”, such as 6, 12, 24."),
        required=False,
        max_length=120,
    )
    readers = forms.TypedChoiceField(
        label=gettext_lazy("Who reads the answers?"),
        help_text=gettext_lazy(
            "Everyone who answers is told this first, so it cannot be changed afterwards."
        ),
        coerce=Readers,
        choices=[(str(one), say.READERS[one]) for one in Readers],
        widget=ChoiceCards(
            {str(key): CardText(help=text) for key, text in say.READERS_HELP.items()}
        ),
    )

    def __init__(
        self, sent: Any = None, *, ready: "QuerySet[Questionnaire]", **kwargs: Any
    ) -> None:
        super().__init__(sent, **kwargs)
        self.fields["questionnaire"].queryset = ready  # type: ignore[attr-defined]

    def clean_weeks(self) -> list[int]:
        """The weeks as numbers."""
        parts = [part for part in BETWEEN.split(self.cleaned_data["weeks"]) if part]
        if not all(part.isascii() and part.isdigit() and int(part) <= MOST_WEEK for part in parts):
            raise ValidationError(gettext("Write numbers of weeks up to 104, such as 6, 12, 24."))
        return [int(part) for part in parts]


def dress_languages(form: TranslatedForm) -> None:
    """Dress fields that were added late, each in the writing of its language."""
    for name, field in form.fields.items():
        code = name.rpartition("_")[2]
        if code in form.languages:
            field.widget.attrs |= {"lang": code, "dir": "auto"}
    dress(form.fields.values())


def _in_language(label: str, code: str) -> str:
    return f"{label} · {own_name(code)}"


def _conditions(instrument: Instrument, name: str) -> list[tuple[str, str]]:
    first = instrument.default_language
    found = []
    for item in may_depend_on(instrument, name):
        question = isolated(_short(instrument.words(item.label, first)))
        for choice in instrument.choices[item.choices]:
            told = {
                "question": question,
                "answer": isolated(_word(instrument, choice.label, first)),
            }
            only, never = (
                Condition(item.name, choice.code),
                Condition(item.name, choice.code, negated=True),
            )
            found.append(
                (_condition_key(only), gettext("Only after %(question)s: %(answer)s") % told)
            )
            found.append(
                (_condition_key(never), gettext("Not after %(question)s: %(answer)s") % told)
            )
    return found


def _word(instrument: Instrument, words: Words, language: str) -> str:
    return instrument.words(words, language)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def _condition_key(condition: Condition) -> str:
    return "|".join([condition.question, condition.code, "not" if condition.negated else ""])


def _condition(key: str) -> Condition | None:
    if not key:
        return None
    question, code, negated = key.split("|")
    return Condition(question, code, negated=bool(negated))


def kinds() -> Sequence[tuple[QuestionKind, Text]]:
    """The kinds of questions that can be written here."""
    return list(say.QUESTION_KINDS.items())
