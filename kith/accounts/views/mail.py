"""Sends a link by mail where mail is set up."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from kith.accounts.models import Invitation
from kith.accounts.rules import Purpose


def mail_is_set_up() -> bool:
    """Whether this Kith can send mail at all."""
    return bool(getattr(settings, "KITH_MAIL_URL", ""))


def sent_by_mail(invitation: Invitation, link: str) -> bool:
    """Send the link to the one it is for, in their language; False when it could not be sent."""
    address = str(invitation.email)
    if not address or not mail_is_set_up():
        return False
    with translation.override(invitation.language):
        subject, text = _subject(invitation), _text(invitation, link)
    try:
        return send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address]) == 1
    except (SMTPException, OSError):
        return False


def _subject(invitation: Invitation) -> str:
    if invitation.purpose == Purpose.PASSWORD:
        return _("Choose a new password for Kith")
    return _("You are invited to Kith")


def _text(invitation: Invitation, link: str) -> str:
    values = {"invitation": invitation, "organisation": invitation.organisation, "link": link}
    return render_to_string("accounts/mail_invitation.txt", values)
