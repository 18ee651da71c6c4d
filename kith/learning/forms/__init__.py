"""The shape of what people type in this room."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from kith.learning.rules.packages import MOST_MB
from kith.web.forms import KithForm


class PackageForm(KithForm):
    """A package from elsewhere."""

    file = forms.FileField(
        label=gettext_lazy("Package"),
        help_text=gettext_lazy(
            "A zip file of SCORM 1.2, SCORM 2004 or cmi5, up to 200 MB. It is looked at first."
        ),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_MB * 1024 * 1024:
            raise ValidationError(gettext("This package is larger than 200 MB."))
        return file
