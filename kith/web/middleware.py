"""The language of a page: what the person chose, else what the browser asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.cache import patch_vary_headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

SESSION_KEY = "language"


def offered(code: str | None) -> str | None:
    """The code when it is one of our languages."""
    return code if code in dict(settings.LANGUAGES) else None


def language_of(request: HttpRequest) -> str:
    """Cookie first, then the session (set from a person's own wish), then Accept-Language."""
    chosen = offered(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
    if chosen:
        return chosen
    session = getattr(request, "session", None)
    wished = offered(session.get(SESSION_KEY)) if session is not None else None
    return wished or translation.get_language_from_request(request)


class LanguageMiddleware:
    """Stands after the session middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        # A page with the signed-in person never enters a shared cache, hence no "Cookie" here.
        patch_vary_headers(response, ("Accept-Language",))
        return response
