"""Sections that an upper room shows on a page of a lower room, loaded when they come into view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kith.web.boards import Board
from kith.web.words import Text

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kith.gate.actor import Actor

UrlBuilder = Callable[[Any], str]
PanelVisible = Callable[["Actor", Any], bool]


@dataclass(frozen=True, kw_only=True)
class Panel:
    slot: str
    key: str
    title: Text
    url_builder: UrlBuilder
    visible: PanelVisible
    order: int


@dataclass(frozen=True, kw_only=True)
class PanelLink:
    key: str
    title: Text
    url: str


PANELS: Board[Panel] = Board("panels")


def add_panel(
    slot: str,
    key: str,
    title: Text,
    url_builder: UrlBuilder,
    *,
    visible: PanelVisible,
    order: int,
) -> None:
    """Plug a section into the slot of another room's page, such as "person" or "match"."""
    PANELS.add(
        Panel(
            slot=slot,
            key=f"{slot}.{key}",
            title=title,
            url_builder=url_builder,
            visible=visible,
            order=order,
        )
    )


def panels_for(actor: Actor, slot: str, subject: object) -> list[PanelLink]:
    return [
        PanelLink(key=panel.key, title=panel.title, url=panel.url_builder(subject))
        for panel in PANELS
        if panel.slot == slot and panel.visible(actor, subject)
    ]


def is_partial(request: HttpRequest) -> bool:
    """True when only a part of the page was asked for, to be put into the page already open."""
    return (
        request.headers.get("HX-Request") == "true"
        and request.headers.get("HX-Request-Type", "partial") == "partial"
    )
