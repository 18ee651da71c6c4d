"""A signature: drawn, or the typed name."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.datastructures import MultiValueDict

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_PREFIX = "data:image/png;base64,"
SIGNATURE_BYTES = 200_000


@dataclass(frozen=True)
class Signature:
    """A drawn picture, a typed name, or both."""

    name: str = ""
    png: bytes = b""

    def __bool__(self) -> bool:
        return bool(self.name or self.png)


class SignaturePad(forms.Widget):
    """Draw with a finger, a pen or the mouse; typing the name always works."""

    template_name = "web/widgets/signature.html"
    use_fieldset = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        drawn, typed = value if isinstance(value, tuple) else ("", "")
        context["widget"].update(drawn=drawn, typed=typed)
        return context

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> tuple[str, str]:
        return data.get(f"{name}-drawn", ""), data.get(f"{name}-typed", "")

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        return f"{name}-typed" not in data


class SignatureField(forms.Field):
    """A Signature; the picture is a PNG of at most 200 kB."""

    widget = SignaturePad

    def clean(self, value: tuple[str, str] | None) -> Signature:
        drawn, typed = value or ("", "")
        signature = Signature(name=" ".join(typed.split()), png=_png(drawn))
        if self.required and not signature:
            raise ValidationError(_("Draw your signature or type your full name."))
        return signature


def _png(drawn: str) -> bytes:
    if not drawn:
        return b""
    unreadable = ValidationError(
        _("The drawing could not be read. Draw it again or type the name.")
    )
    if not drawn.startswith(PNG_PREFIX) or len(drawn) > SIGNATURE_BYTES * 4 // 3:
        raise unreadable
    try:
        picture = base64.b64decode(drawn.removeprefix(PNG_PREFIX), validate=True)
    except binascii.Error:
        raise unreadable from None
    if not picture.startswith(PNG_START):
        raise unreadable
    return picture
