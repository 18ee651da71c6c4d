"""The shape of what is typed about expenses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.expenses.commands import Terms, Wanted
from kith.expenses.models import Expense, ExpensePlan
from kith.expenses.rules.limits import (
    FEWEST_DAYS,
    FEWEST_YEARS,
    FIRST_KINDS,
    KEEP_YEARS,
    LONGEST_KIND,
    LONGEST_NOTE,
    LONGEST_WORD,
    MOST_CENTS,
    MOST_DAYS,
    MOST_KINDS,
    MOST_YEARS,
    WITHIN_DAYS,
)
from kith.web.forms import CentsField, Choices, KithForm

LINES = {"rows": 5, "dir": "auto"}
AMOUNT = {"inputmode": "decimal", "dir": "ltr", "autocomplete": "off"}


def _choose(field: forms.Field, choices: Sequence[tuple[Any, Any]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]


class ExpenseForm(KithForm):
    """One expense, as it is typed on a phone beside the ticket machine."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput)
    kind = forms.ChoiceField(label=gettext_lazy("What it was for"), widget=Choices)
    cents = CentsField(label=gettext_lazy("Amount"), widget=forms.TextInput(attrs=AMOUNT))
    receipt = forms.FileField(
        label=gettext_lazy("Picture of the receipt"),
        help_text=gettext_lazy(
            "A picture (JPEG or PNG) or a PDF, up to 8 megabytes. Where and when a picture was "
            "taken is removed."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )
    without_receipt = forms.BooleanField(
        label=gettext_lazy("Remove the receipt that is kept"), required=False
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("For a meeting or an activity"),
        help_text=gettext_lazy("You can leave this open."),
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("What should be known about it"),
        help_text=gettext_lazy("Such as: day ticket. Please write no names."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[str],
        reasons: Sequence[tuple[str, Any]],
        has_receipt: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["kind"], [(one, one) for one in kinds])
        _choose(self.fields["reason"], [("", _("Nothing of these")), *reasons])
        if not has_receipt:
            del self.fields["without_receipt"]

    def clean_cents(self) -> int:
        """An amount above nothing, and not by a slip of the finger."""
        cents: int | None = self.cleaned_data["cents"]
        if not cents or cents > MOST_CENTS:
            raise ValidationError(_("Write an amount above nothing, such as 4,40."))
        return cents

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors and typed.get("receipt"):
            # A browser never sends a file twice by itself.
            self.add_error("receipt", _("Please choose the receipt once more."))
        return typed

    def wanted(self, **more: Any) -> Wanted:
        """What the command needs to know; `more` holds meeting, activity and receipt."""
        typed = self.cleaned_data
        return Wanted(
            on=typed["on"],
            kind=typed["kind"],
            cents=typed["cents"],
            note=typed["note"],
            without_receipt=bool(typed.get("without_receipt")),
            **more,
        )


def expense_before(row: Expense) -> dict[str, Any]:
    """What stands in the fields before somebody changes them."""
    reason = f"m-{row.meeting_id}" if row.meeting_id else ""
    return {
        "on": row.on,
        "kind": row.kind,
        "cents": row.cents,
        "reason": f"a-{row.activity_id}" if row.activity_id else reason,
        "note": row.note,
    }


class DecisionForm(KithForm):
    """What somebody decides about a claim, with a sentence for the mentor."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            ("agree", gettext_lazy("Agree")),
            ("back", gettext_lazy("Send it back with a question")),
            ("refuse", gettext_lazy("Do not agree")),
        ],
        widget=Choices,
    )
    word = forms.CharField(
        label=gettext_lazy("A sentence for the mentor"),
        help_text=gettext_lazy(
            "Needed for a question, for a no, and where you agree above the limit."
        ),
        max_length=LONGEST_WORD,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    # Which sending was looked at: a claim that was corrected meanwhile is not decided about.
    sending = forms.IntegerField(widget=forms.HiddenInput)


class PaidForm(KithForm):
    """When a claim was paid."""

    paid_on = forms.DateField(label=gettext_lazy("Paid on"), widget=forms.DateInput)


class SpanForm(KithForm):
    """Which agreed claims the books take."""

    first = forms.DateField(label=gettext_lazy("Agreed from"), widget=forms.DateInput)
    last = forms.DateField(label=gettext_lazy("until"), widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = typed.get("first"), typed.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", _("Choose a day after the first one."))
        return typed


class PlanForm(KithForm):
    """What a programme pays back to mentors."""

    is_open = forms.BooleanField(
        label=gettext_lazy("Mentors of this programme can claim expenses"), required=False
    )
    kinds = forms.CharField(
        label=gettext_lazy("What is paid back"),
        help_text=gettext_lazy("One kind on each line, in the words your mentors know."),
        widget=forms.Textarea(attrs=LINES),
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=gettext_lazy("Currency"),
        max_length=3,
        help_text=gettext_lazy("Three letters, such as EUR or PLN"),
        error_messages={"invalid": gettext_lazy("Write three letters, such as EUR or PLN.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "characters"}),
    )
    limit = CentsField(
        label=gettext_lazy("For one mentor in one month, at most"),
        help_text=gettext_lazy(
            "Nobody is stopped by it: both sides read that it is passed, and agreeing needs a "
            "reason. Leave it open if there is no limit."
        ),
        required=False,
        widget=forms.TextInput(attrs=AMOUNT),
    )
    within_days = forms.IntegerField(
        label=gettext_lazy("Until how many days after an expense"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
    )
    keep_years = forms.IntegerField(
        label=gettext_lazy("Kept for the books"),
        help_text=gettext_lazy(
            "Full years from the end of the year in which a claim was paid. The law of your "
            "country says how many."
        ),
        min_value=FEWEST_YEARS,
        max_value=MOST_YEARS,
    )

    def clean_kinds(self) -> list[str]:
        """The lines as a list, each once, in their order."""
        found = [line.strip() for line in self.cleaned_data["kinds"].splitlines()]
        kinds = list(dict.fromkeys(line for line in found if line))
        if not 1 <= len(kinds) <= MOST_KINDS:
            raise ValidationError(
                _("Write one kind on each line, at most %(number)d.") % {"number": MOST_KINDS}
            )
        if max(len(kind) for kind in kinds) > LONGEST_KIND:
            raise ValidationError(
                _("Use at most %(number)d letters for a kind.") % {"number": LONGEST_KIND}
            )
        return kinds

    def terms(self) -> Terms:
        """What the command needs to know."""
        typed = self.cleaned_data
        return Terms(
            is_open=typed["is_open"],
            kinds=typed["kinds"],
            currency=typed["currency"].upper(),
            limit_cents=typed["limit"],
            within_days=typed["within_days"],
            keep_years=typed["keep_years"],
        )


def plan_before(row: ExpensePlan | None, currency: str) -> dict[str, Any]:
    """What stands in the fields: what was said before, or a beginning."""
    if row is None:
        return {
            "is_open": True,
            "kinds": "\n".join(str(one) for one in FIRST_KINDS),
            "currency": currency,
            "within_days": WITHIN_DAYS,
            "keep_years": KEEP_YEARS,
        }
    return {
        "is_open": row.is_open,
        "kinds": "\n".join(row.kinds),
        "currency": row.currency,
        "limit": row.limit_cents,
        "within_days": row.within_days,
        "keep_years": row.keep_years,
    }
