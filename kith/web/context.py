"""What every page of the shell needs, asked for only when the template prints it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from babel import Locale
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi

from kith.gate.actor import ANONYMOUS
from kith.gate.roles import ROLES, Role
from kith.web import nav, panels
from kith.web.boards import Board
from kith.web.theme import Theme, theme_of
from kith.web.words import Text

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kith.gate.actor import Actor


class Shell:
    """The frame around a page: who is here, where they can go, how the page looks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def actor(self) -> Actor | None:
        actor: Actor | None = getattr(self.request, "actor", None)
        return actor if actor and actor.is_signed_in else None

    @property
    def is_participant(self) -> bool:
        return self.actor is not None and self.actor.roles == {Role.PARTICIPANT}

    @property
    def layout(self) -> str:
        """The template a page extends: its own shell, or none when a part of a page was asked."""
        if self.is_part:
            return "web/partial.html"
        return "web/participant.html" if self.is_participant else "web/page.html"

    @property
    def is_part(self) -> bool:
        """Whether a section of another page was asked for, not a page of its own."""
        return panels.is_partial(self.request)

    @property
    def panel_level(self) -> int:
        """The level of a section's heading: the first when the section is the whole page."""
        return 2 if self.is_part else 1

    @property
    def menu(self) -> list[nav.Link]:
        board = nav.PARTICIPANT_MENU if self.is_participant else nav.MENU
        return self._links(board)

    @property
    def at_hand(self) -> list[nav.Link]:
        """The entries at the foot of a participant's page."""
        return self._folded[0]

    @property
    def further(self) -> list[nav.Link]:
        """The entries behind "More"; none when there is room for all."""
        return self._folded[1]

    @property
    def is_further(self) -> bool:
        """Whether the page lies behind "More", or is that page."""
        here = self.request.path == reverse("web:more")
        return here or any(link.is_current for link in self.further)

    @cached_property
    def _folded(self) -> tuple[list[nav.Link], list[nav.Link]]:
        return nav.folded(self.menu)

    @property
    def user_menu(self) -> list[nav.Link]:
        return self._links(nav.USER_MENU)

    @property
    def corner(self) -> list[nav.Link]:
        """Pictograms in the corner of every page, such as the bell, for those signed in."""
        return self._links(nav.CORNER)

    @property
    def demo_menu(self) -> list[nav.Link]:
        """Links in the banner of the demo, for visitors too."""
        return nav.items_for(self.actor or ANONYMOUS, self.request.path, board=nav.DEMO_MENU)

    def _links(self, board: Board[nav.Item]) -> list[nav.Link]:
        return nav.items_for(self.actor, self.request.path, board=board) if self.actor else []

    @property
    def name(self) -> str:
        return self.actor.display_name if self.actor else ""

    @property
    def role_names(self) -> list[Text]:
        roles = sorted(self.actor.roles) if self.actor else []
        return [ROLES[role].name for role in roles]

    @property
    def organisation(self) -> str:
        return str(self.actor.organisation) if self.actor and self.actor.organisation else ""

    @property
    def theme(self) -> Theme:
        return theme_of(self.request)

    @property
    def themes(self) -> list[Theme]:
        return list(Theme)

    @property
    def direction(self) -> str:
        return "rtl" if get_language_bidi() else "ltr"

    @property
    def is_rtl(self) -> bool:
        return get_language_bidi()

    @property
    def languages(self) -> list[dict[str, Any]]:
        """Each language under its own name, so that one can find the way back."""
        present = get_language()
        return [
            {"code": code, "name": _own_name(code), "is_current": code == present}
            for code, _name in settings.LANGUAGES
        ]

    @property
    def is_demo(self) -> bool:
        return bool(getattr(settings, "KITH_DEMO", False))

    @property
    def here(self) -> str:
        """Where a change of language or theme leads back to; an answer to a form has no address."""
        return self.request.get_full_path() if self.request.method == "GET" else "/"


def _own_name(code: str) -> str:
    locale = Locale.parse(code.replace("-", "_"))
    return (locale.get_display_name(locale) or code).capitalize()


def web(request: HttpRequest) -> dict[str, Shell]:
    return {"web": Shell(request)}
