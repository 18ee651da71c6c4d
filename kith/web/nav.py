"""The menu. Rooms plug their entries in; each person sees those meant for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from kith.web.boards import Board
from kith.web.words import Text

if TYPE_CHECKING:
    from kith.gate.actor import Actor

Visible = Callable[["Actor"], bool]
Count = Callable[["Actor"], int | None]


@dataclass(frozen=True, kw_only=True)
class Item:
    key: str
    label: Text
    url_name: str
    icon: str
    order: int
    visible: Visible
    count: Count | None = None
    is_post: bool = False


@dataclass(frozen=True, kw_only=True)
class Link:
    """One entry as the page shows it."""

    key: str
    label: Text
    url: str
    icon: str
    count: int | None
    is_current: bool
    is_post: bool
    begins_part: bool = False


MENU: Board[Item] = Board("menu")
PARTICIPANT_MENU: Board[Item] = Board("participant menu")
USER_MENU: Board[Item] = Board("user menu")
DEMO_MENU: Board[Item] = Board("demo banner")
CORNER: Board[Item] = Board("corner of every page")


def signed_in(actor: Actor) -> bool:
    return actor.is_signed_in


def everyone(actor: Actor) -> bool:
    return True


def add_item(
    key: str,
    label: Text,
    url_name: str,
    *,
    icon: str,
    order: int,
    visible: Visible = signed_in,
    count: Count | None = None,
    board: Board[Item] = MENU,
) -> None:
    """Plug an entry into the menu. count is asked on every page: one indexed query at most."""
    board.add(
        Item(
            key=key,
            label=label,
            url_name=url_name,
            icon=icon,
            order=order,
            visible=visible,
            count=count,
        )
    )


def add_user_item(
    key: str,
    label: Text,
    url_name: str,
    *,
    order: int,
    visible: Visible = signed_in,
    is_post: bool = False,
) -> None:
    """Plug an entry into the menu behind a person's own name, such as signing out."""
    USER_MENU.add(
        Item(
            key=key,
            label=label,
            url_name=url_name,
            icon="user",
            order=order,
            visible=visible,
            is_post=is_post,
        )
    )


AT_HAND = 4
"""Entries at the foot of a participant's page; the others stand on a page of their own."""
PART = 20
"""Entries whose orders lie in the same twenty stand together in the menu at the side."""


def folded(links: list[Link]) -> tuple[list[Link], list[Link]]:
    """The entries that there is room for, and those that have to go behind one more."""
    return (links, []) if len(links) <= AT_HAND + 1 else (links[:AT_HAND], links[AT_HAND:])


def items_for(
    actor: Actor, current_path: str, *, board: Board[Item] = MENU, counted: bool = True
) -> list[Link]:
    """Entries of the menu for this person, the present one marked."""
    shown = [(item, reverse(item.url_name)) for item in board if item.visible(actor)]
    present = present_url(current_path, (url for _, url in shown))
    parts = [item.order // PART for item, _ in shown]
    return [
        Link(
            key=item.key,
            label=item.label,
            url=url,
            icon=item.icon,
            count=item.count(actor) if counted and item.count else None,
            is_current=url == present,
            is_post=item.is_post,
            begins_part=before is not None and before != part,
        )
        for (item, url), before, part in zip(shown, [None, *parts], parts, strict=False)
    ]


def present_url(path: str, urls: Iterable[str]) -> str | None:
    """The longest address that the path lies under; the first page only when it is the path."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(under, key=len, default=None)
