"""What this room plugs into the house; its adapters and middleware stand beside."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.accounts.jobs import nightly
from kith.accounts.permissions import (
    ISSUE_CARD,
    READ_AUDIT,
    SEE_JOBS,
    SEE_MEMBERS,
    TIDYING,
)
from kith.accounts.queries import card_page, has_several_organisations
from kith.base import jobs
from kith.gate.actor import Actor
from kith.gate.permissions import Permission, has
from kith.web import nav, panels


def plug_in() -> None:
    """Called once when Django is ready."""
    jobs.every(
        jobs.DAILY, TIDYING, _("Clear away ended sessions, old links and old drafts"), nightly
    )
    _plug_menus()
    panels.add_panel(
        "person", "accounts.card", _("Signing in"), _card_url, visible=_has_account, order=90
    )


def _plug_menus() -> None:
    nav.add_item(
        "members",
        _("Members"),
        "accounts:members",
        icon="people",
        order=80,
        visible=_may(SEE_MEMBERS),
    )
    nav.add_item(
        "administration",
        _("Administration"),
        "accounts:administration",
        icon="settings",
        order=85,
        visible=_may(SEE_JOBS),
    )
    nav.add_item(
        "audit",
        _("Who did what"),
        "accounts:audit",
        icon="paper",
        order=90,
        visible=_may(READ_AUDIT),
    )
    nav.add_user_item("account", _("Your account"), "accounts:account", order=10)
    nav.add_user_item(
        "organisation",
        _("Change organisation"),
        "accounts:organisation",
        order=20,
        visible=has_several_organisations,
    )
    nav.add_user_item("sign_out", _("Sign out"), "accounts:sign_out", order=90, is_post=True)


def _may(needed: Permission) -> nav.Visible:
    return lambda actor: has(actor, needed)


def _card_url(person: Any) -> str:
    return card_page(person.user)


def _has_account(actor: Actor, person: Any) -> bool:
    return has(actor, ISSUE_CARD) and getattr(person, "user_id", None) is not None
