"""Amounts of money as people write them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

AMOUNT = re.compile(r"(\d{1,7})(?:[.,٫](\d{1,2}))?")


class CentsField(forms.CharField):
    """An amount of money as people write it, as a whole number of cents."""

    def clean(self, value: Any) -> Any:
        text = re.sub(r"[\s\u00a0]", "", str(super().clean(value)))
        if not text:
            return None
        found = AMOUNT.fullmatch(text)
        if found is None:
            raise ValidationError(_("Write an amount such as 120 or 12,50."))
        return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}.{value % 100:02}" if isinstance(value, int) else value
