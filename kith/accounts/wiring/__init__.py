"""What this room plugs into the house; its adapters and middleware stand beside."""

from django.utils.translation import gettext_lazy as _

from kith.accounts.jobs import nightly
from kith.accounts.permissions import (
    READ_AUDIT,
    SEE_JOBS,
    SEE_MEMBERS,
    TIDYING,
)
from kith.accounts.queries import has_several_organisations
from kith.base import jobs
from kith.gate.permissions import Permission, has
from kith.web import nav


def plug_in() -> None:
    """Called once when Django is ready."""
    jobs.every(
        jobs.DAILY, TIDYING, _("Clear away ended sessions, old links and old drafts"), nightly
    )
    _plug_menus()


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
