"""Erasing what is kept of one's learning."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.web.forms import KithForm


class EraseForm(KithForm):
    is_sure = forms.BooleanField(
        label=_("I have read this, and want everything erased."),
        error_messages={"required": _("Tick this box if everything is to be erased.")},
    )
