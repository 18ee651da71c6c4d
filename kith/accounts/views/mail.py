"""Sends a link by mail where mail is set up."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from kith.accounts.models import Invitation
from kith.accounts.rules import Purpose
from kith.base import mail


def sent_by_mail(invitation: Invitation, link: str) -> bool:
    """Send the link to the one it is for, in their language; False when it could not be sent."""
    address = str(invitation.email)
    if not address or not mail.is_set_up():
        return False
    with translation.override(invitation.language):
        subject, text = _subject(invitation), _text(invitation, link)
    return mail.send(to=address, subject=subject, text=text) is mail.Outcome.SENT


def _subject(invitation: Invitation) -> str:
    if invitation.purpose == Purpose.PASSWORD:
        return _("Choose a new password for Kith")
    return _("You are invited to Kith")


def _text(invitation: Invitation, link: str) -> str:
    values = {"invitation": invitation, "organisation": invitation.organisation, "link": link}
    return render_to_string("accounts/mail_invitation.txt", values)
