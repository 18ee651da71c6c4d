"""What people type about accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from babel import Locale
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import (
    validate_password,
)
from django.utils.translation import gettext_lazy as _

from kith.accounts.rules import CARD_LENGTH, PIN_LENGTH, in_order, typed_digits, typed_number
from kith.gate.roles import ROLES, Role
from kith.web.forms import CardText, KithForm, ManyChoiceCards, ManyChoices, dress
from kith.web.words import countries


def own_languages() -> list[tuple[str, str]]:
    """The languages of the pages, each under its own name."""
    return [
        (code, Locale.parse(code).get_display_name(code) or code) for code, _ in settings.LANGUAGES
    ]


class AddressField(forms.EmailField):
    """An e-mail address, as something to sign in with."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("E-mail address"))
        super().__init__(**kwargs)
        self.widget.attrs.update({"autocapitalize": "none", "spellcheck": "false", "dir": "ltr"})
        self.widget.attrs.setdefault("autocomplete", "email")


class PasswordField(forms.CharField):
    """A password that is checked elsewhere."""

    def __init__(self, *, autocomplete: str = "current-password", **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Password"))
        attrs = {"autocomplete": autocomplete, "dir": "ltr"}
        super().__init__(widget=forms.PasswordInput(attrs=attrs), strip=False, **kwargs)


class NewPasswordField(PasswordField):
    """A password that is being chosen: long, and not one of those that everyone chooses."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("New password"))
        kwargs.setdefault("help_text", _PasswordHelp())
        super().__init__(autocomplete="new-password", **kwargs)

    def clean(self, value: Any) -> str:
        password: str = super().clean(value)
        validate_password(password)
        return password


class _PasswordHelp:
    """Read late: the sentence follows the language of the page."""

    def __str__(self) -> str:
        return str(
            _("At least 12 characters. Three or four words that only you put together are good.")
        )


class NameField(forms.CharField):
    """How someone is called here."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Name"))
        super().__init__(max_length=120, **kwargs)
        self.widget.attrs.update({"autocomplete": "name", "dir": "auto"})


# ── Signing in ───────────────────────────────────────────────────────────────────────────────────


class SignInForm(KithForm):
    address = AddressField(widget=forms.EmailInput(attrs={"autocomplete": "username webauthn"}))
    password = PasswordField()


class CardForm(KithForm):
    number = forms.CharField(
        label=_("Number on the card"),
        help_text=_("16 letters and figures. Small or capital letters, both are fine."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "dir": "ltr",
                "class": "form-control letters",
                "data-card-number": "",
            }
        ),
    )
    pin = forms.CharField(
        label=_("PIN"),
        help_text=_("Six figures."),
        max_length=20,
        widget=forms.PasswordInput(
            attrs={
                "autocomplete": "off",
                "inputmode": "numeric",
                "dir": "ltr",
                "class": "form-control letters letters-short",
            }
        ),
    )

    def clean_number(self) -> str:
        number = typed_number(self.cleaned_data["number"])
        if len(number) != CARD_LENGTH:
            raise forms.ValidationError(_("The number has 16 letters and figures. Look again."))
        return number

    def clean_pin(self) -> str:
        pin = typed_digits(self.cleaned_data["pin"])
        if len(pin) != PIN_LENGTH:
            raise forms.ValidationError(_("The PIN has six figures. Look again."))
        return pin


class CodeForm(KithForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "dir": "ltr",
                "class": "form-control letters letters-short",
            }
        ),
    )


class PasswordOnlyForm(KithForm):
    password = PasswordField()


class CredentialForm(KithForm):
    """What a browser says about a passkey."""

    credential = forms.JSONField(widget=forms.HiddenInput)


# ── One's own account ────────────────────────────────────────────────────────────────────────────


class NameForm(KithForm):
    name = NameField()


class LanguageForm(KithForm):
    language = forms.ChoiceField(label=_("Language"), choices=own_languages)


class PasswordForm(KithForm):
    password = PasswordField(label=_("Present password"))
    new_password = NewPasswordField()


class AddressForm(KithForm):
    address = AddressField()
    new_password = NewPasswordField(label=_("Password for it"))


# ── Beginning and inviting ───────────────────────────────────────────────────────────────────────


class OrganisationForm(KithForm):
    organisation = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries, initial="PL")
    languages = forms.MultipleChoiceField(
        label=_("Languages you work in"),
        help_text=_("Pages, letters and consent texts are offered in these."),
        choices=own_languages,
        widget=ManyChoices,
    )


class BeginForm(OrganisationForm):
    """The first organisation and the first person in it."""

    name = NameField(label=_("Your name"))
    address = AddressField(label=_("Your e-mail address"))
    password = NewPasswordField(label=_("Your password"))


class NewOrganisationForm(OrganisationForm):
    """A further organisation and whom to invite as its first coordinator."""

    name = NameField(label=_("First coordinator"))
    email = AddressField(label=_("Their e-mail address"), required=False)


class JoinForm(KithForm):
    name = NameField(label=_("Your name"))
    address = AddressField(
        help_text=_("You sign in with it. If you already have an account here, use that address.")
    )
    password = PasswordField(
        autocomplete="new-password",
        help_text=_PasswordHelp(),
    )

    def keep_address(self, *, has_account: bool) -> None:
        """The address was confirmed and stays; who has an account types its password."""
        self.fields["address"].disabled = True
        self.fields["address"].help_text = _("You sign in with it.")
        if has_account:
            self.fields["password"].help_text = _("The one of the account that you have already.")
            self.fields["password"].widget.attrs["autocomplete"] = "current-password"

    def password_is_good(self) -> bool:
        """Whether the password may become a new one; an old one is checked by signing in."""
        try:
            validate_password(self.cleaned_data["password"])
        except forms.ValidationError as weak:
            self.add_error("password", weak)
            return False
        return True


class NewAccessForm(KithForm):
    """A new password behind a link."""

    address = AddressField(help_text=_("You sign in with it."))
    password = NewPasswordField()


def role_field(givable: Iterable[Role]) -> forms.MultipleChoiceField:
    """Roles to choose from, each with its sentence."""
    roles = in_order(givable)
    texts = {role.value: CardText(help=ROLES[role].sentence) for role in roles}
    return forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(role.value, ROLES[role].name) for role in roles],
        widget=ManyChoiceCards(texts),
        error_messages={"required": _("Choose at least one role.")},
    )


class InviteForm(KithForm):
    name = NameField()
    email = AddressField(
        required=False,
        help_text=_("Without it you get a link that you can hand over yourself."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=own_languages)

    def __init__(self, *args: Any, givable: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = role_field(givable)
        dress([self.fields["roles"]])

    def clean_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]


class RolesForm(KithForm):
    def __init__(self, *args: Any, givable: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"] = role_field(givable)
        dress([self.fields["roles"]])

    def clean_roles(self) -> list[Role]:
        return [Role(role) for role in self.cleaned_data["roles"]]


class NewCardForm(KithForm):
    """Someone without an account who gets a card."""

    name = NameField()
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, ROLES[role].name) for role in (Role.PARTICIPANT, Role.MENTOR)],
    )
    language = forms.ChoiceField(label=_("Language of the card"), choices=own_languages)


class AuditForm(KithForm):
    """What to look for in the audit."""

    row = forms.UUIDField(label=_("Number of a record"), required=False)
    who = forms.CharField(label=_("Who"), required=False, max_length=60)
