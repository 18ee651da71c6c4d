"""What a person reads when Kith says no, or when something breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from kith.base.errors import Denied, ReasonNeeded, Refused
from kith.web.panels import is_partial

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase


class ErrorsMiddleware:
    """Turns what the gate and the commands raise into answers. Stands behind the messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return _dressed(request, self.get_response(request))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Denied):
            return denied(request, error)
        if isinstance(error, Refused):
            return refused(request, error)
        if isinstance(error, ReasonNeeded):
            return reason_needed(request, error)
        return None


def denied(request: HttpRequest, error: Denied) -> HttpResponse:
    """404 where the row must stay unknown, else 403 with the reason."""
    if not error.seen:
        return render(request, "web/errors/404.html", status=404)
    return render(request, "web/errors/403.html", {"sentence": error.sentence}, status=403)


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Back to the page the person came from, with the sentence on top of it."""
    if is_partial(request):
        answer = render(request, "web/refused.html", {"sentence": error.sentence}, status=409)
        answer.headers["HX-Retarget"] = "#notices"
        answer.headers["HX-Reswap"] = "beforeend"
        return answer
    messages.warning(request, str(error.sentence))
    return redirect(_back(request))


def reason_needed(request: HttpRequest, error: ReasonNeeded) -> HttpResponse:
    values = {"sentence": error.sentence, "row_id": error.row_id, "back": request.get_full_path()}
    # A part of a page that is open already asks on a page of its own.
    part = "_part" if is_partial(request) else ""
    return render(request, f"web/errors/reason{part}.html", values, status=403)


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return came_from
    return reverse("web:today")


PLAIN_PAGES = {405: "web/errors/405.html", 413: "web/errors/413.html", 429: "web/errors/429.html"}


def _dressed(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Django answers 405 with an empty page: give it words, and keep its headers."""
    template = PLAIN_PAGES.get(response.status_code)
    if template is None or not _is_bare(response):
        return response
    page = render(request, template, status=response.status_code)
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            page.headers[name] = response.headers[name]
    return page


def _is_bare(response: HttpResponseBase) -> bool:
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return is_page and not response.streaming and not getattr(response, "content", b"")
