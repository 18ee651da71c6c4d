"""Noting an answer."""

import base64
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.consent.commands import UNSIGNED, Signed
from kith.consent.rules import SignatureKind, State
from kith.people.rules.labels import languages
from kith.web.forms import Choices, KithForm, Signature, SignatureField

ANSWERS = {"yes": State.GIVEN, "no": State.REFUSED}


class AnswerForm(KithForm):
    """A yes or a no, given by one of two equal buttons; nothing is ticked beforehand."""

    signature = SignatureField(
        label=gettext_lazy("Signature, for a yes"),
        required=False,
        help_text=gettext_lazy("A no needs no signature."),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        state = ANSWERS.get(str(self.data.get("answer", "")))
        if state is None:
            self.add_error(None, _("Choose yes or no."))
            return typed
        signature: Signature = typed.get("signature") or Signature()
        if state is State.GIVEN and not signature and "signature" not in self.errors:
            self.add_error("signature", _("For a yes, draw the signature or type the full name."))
        typed["state"] = state
        typed["signed"] = _signed(signature) if state is State.GIVEN else UNSIGNED
        return typed

    def answer(self) -> dict[str, Any]:
        """What the command needs to know."""
        typed = self.cleaned_data
        return {
            "state": typed["state"],
            "signed": typed["signed"],
            "language": typed["language"],
            "interpreter": typed.get("interpreter_name", ""),
        }


class OwnAnswerForm(AnswerForm):
    """An answer about oneself, in the language one read the text in."""

    language = forms.CharField(widget=forms.HiddenInput())

    field_order = ("signature", "language")


class TalkForm(AnswerForm):
    """An answer given in a talk with a member of staff."""

    language = forms.ChoiceField(label=gettext_lazy("In which language you explained it"))
    interpreter = forms.ChoiceField(
        label=gettext_lazy("Was an interpreter there?"),
        choices=[("no", gettext_lazy("No")), ("yes", gettext_lazy("Yes"))],
        widget=Choices(),
    )
    interpreter_name = forms.CharField(
        label=gettext_lazy("Name of the interpreter"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only if there was one. “By phone” may stand beside the name."),
    )

    field_order = ("language", "interpreter", "interpreter_name", "signature")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("interpreter") == "yes" and not typed.get("interpreter_name"):
            self.add_error("interpreter_name", _("Write the name of the interpreter."))
        if typed.get("interpreter") == "no":
            typed["interpreter_name"] = ""
        return typed


def _signed(signature: Signature) -> Signed:
    if signature.png:
        return Signed(SignatureKind.DRAWN.value, base64.b64encode(signature.png).decode())
    return Signed(SignatureKind.TYPED.value, signature.name) if signature.name else UNSIGNED
