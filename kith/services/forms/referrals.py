"""Referrals: offering, sharing, sending, what came of it."""

import base64
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.consent.commands import UNSIGNED, Signed
from kith.consent.rules import SignatureKind
from kith.services.commands import Sending
from kith.services.forms.shared import ANY, choose
from kith.services.rules import words
from kith.services.rules.states import (
    ANSWERS,
    NEXT,
    USUAL_PASSING_ON,
    Helped,
    Passed,
    Reason,
    ReferralState,
    Way,
)
from kith.web.forms import CardText, ChoiceCards, Choices, KithForm, ManyChoices, SignatureField


class OfferForm(KithForm):
    """What for, and in which words."""

    need = forms.ChoiceField(label=gettext_lazy("What for"), required=False)
    wish = forms.CharField(
        label=gettext_lazy("What is wished for, in a few words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("Only what helps to find the right place. Nothing about others."),
    )

    def __init__(self, *args: Any, needs: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(need, words.need_name(need)) for need in needs]
        choose(self.fields["need"], known or [*ANY, *words.needs_to_choose()])


class SharingForm(KithForm):
    """A yes or a no to telling one service something; a yes is signed."""

    language = forms.CharField(widget=forms.HiddenInput())
    signature = SignatureField(
        label=gettext_lazy("Signature, for a yes"),
        required=False,
        help_text=gettext_lazy("A no needs no signature."),
    )

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        said = self.data.get("answer", "")
        if said not in ("yes", "no"):
            self.add_error(None, _("Choose yes or no."))
        typed["agrees"] = said == "yes"
        if typed["agrees"] and not typed.get("signature") and "signature" not in self.errors:
            self.add_error("signature", _("For a yes, draw the signature or type the full name."))
        return typed

    def answer(self) -> dict[str, Any]:
        """What the command needs to know."""
        typed = self.cleaned_data
        signed = _signed(typed["signature"]) if typed["agrees"] else UNSIGNED
        return {"agrees": typed["agrees"], "language": typed["language"], "signed": signed}


def _signed(signature: Any) -> Signed:
    if signature.png:
        return Signed(SignatureKind.DRAWN.value, base64.b64encode(signature.png).decode())
    return Signed(SignatureKind.TYPED.value, signature.name)


class SendForm(KithForm):
    """How a referral reached the service, and what was passed on."""

    way = forms.TypedChoiceField(label=gettext_lazy("How"), coerce=Way)
    passed = forms.MultipleChoiceField(
        label=gettext_lazy("What was passed on"),
        required=False,
        widget=ManyChoices(),
        choices=list(words.PASSED.items()),
        help_text=gettext_lazy("As little as possible. There is no more than this to choose."),
    )
    recipient = forms.CharField(
        label=gettext_lazy("Who took it there"), required=False, max_length=200
    )
    until = forms.DateField(
        label=gettext_lazy("They may keep it until"),
        required=False,
        help_text=gettext_lazy("A year at most"),
    )
    on = forms.DateField(label=gettext_lazy("On which day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": today, "until": today + USUAL_PASSING_ON})
        super().__init__(*args, **kwargs)
        cards = {way.value: CardText(help=said[1]) for way, said in words.WAYS.items()}
        self.fields["way"].widget = ChoiceCards(cards)
        self.fields["way"].widget.attrs["class"] = "form-check-input"
        choose(self.fields["way"], [(way.value, said[0]) for way, said in words.WAYS.items()])

    def sending(self) -> Sending:
        """What the command needs to know."""
        typed = self.cleaned_data
        passed = [Passed(one) for one in typed["passed"]]
        return Sending(typed["way"], passed, typed["recipient"], typed["until"])


class FollowForm(KithForm):
    """What the service said, or how it ended."""

    state = forms.TypedChoiceField(
        label=gettext_lazy("What they said"), coerce=ReferralState, widget=Choices()
    )
    reason = forms.TypedChoiceField(
        label=gettext_lazy("Why it does not suit"),
        required=False,
        coerce=Reason,
        empty_value=None,
        choices=[("", gettext_lazy("Not said")), *words.REASONS.items()],
        help_text=gettext_lazy("Only where it does not suit"),
    )
    note = forms.CharField(
        label=gettext_lazy("What comes next"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("Such as the first appointment. The person reads this too."),
    )
    on = forms.DateField(label=gettext_lazy("On which day"))

    def __init__(self, *args: Any, state: ReferralState, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": today})
        super().__init__(*args, **kwargs)
        following = [one for one in (*ANSWERS, ReferralState.DONE) if one in NEXT[state]]
        choose(self.fields["state"], [(one.value, words.STEPS[one]) for one in following])


class FeedbackForm(KithForm):
    """Three questions about a service."""

    helped = forms.TypedChoiceField(
        label=gettext_lazy("Did it help?"),
        coerce=Helped,
        widget=Choices(),
        choices=list(words.HELPED.items()),
    )
    hard = forms.TypedChoiceField(
        label=gettext_lazy("Was it hard to reach them or to get there?"),
        required=False,
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=Choices(),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
    )
    comment = forms.CharField(
        label=gettext_lazy("What should others know?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=gettext_lazy("No names, please. Your name is not kept with it."),
    )
