"""Light, dark, or as the device says: one cookie."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from kith.web.words import Text

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE = "kith_theme"
YEAR_SECONDS = 365 * 24 * 60 * 60


class Theme(Enum):
    AUTO = ("auto", _("As the device"), "contrast")
    LIGHT = ("light", _("Light"), "sun")
    DARK = ("dark", _("Dark"), "moon")

    def __init__(self, code: str, label: Text, icon: str) -> None:
        self.code = code
        self.label = label
        self.icon = icon


BY_CODE = {theme.code: theme for theme in Theme}


def theme_of(request: HttpRequest) -> Theme:
    return BY_CODE.get(request.COOKIES.get(COOKIE, ""), Theme.AUTO)


def keep_theme(response: HttpResponse, code: str, *, secure: bool) -> None:
    theme = BY_CODE.get(code, Theme.AUTO)
    response.set_cookie(
        COOKIE, theme.code, max_age=YEAR_SECONDS, secure=secure, httponly=True, samesite="Lax"
    )
