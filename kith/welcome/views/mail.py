"""Short letters by mail, where mail is set up: they say that there is news, never what it is."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from kith.accounts.rules import grouped
from kith.people.rules import Side
from kith.welcome.models import Application


def may_be_mailed(application: Application) -> bool:
    """Whether someone gave an address and, where it was asked, said that writing is safe."""
    if not application.email:
        return False
    if application.side == Side.PARTICIPANT:
        return application.safe_to_write is True
    return application.safe_to_write is not False


def tell_receipt(application: Application, *, organisation: str, code: str, link: str) -> bool:
    """Send the receipt code to the one who applied; False when it could not be sent."""
    values = {"organisation": organisation, "code": grouped(code), "link": link}
    return _send(application, "welcome/mail_receipt.txt", values)


def tell_news(application: Application, *, organisation: str, link: str) -> bool:
    """Say that there is something to read; False when it could not be sent."""
    values = {"organisation": organisation, "link": link}
    return _send(application, "welcome/mail_news.txt", values)


def _send(application: Application, template: str, values: dict[str, str]) -> bool:
    if not getattr(settings, "KITH_MAIL_URL", "") or not may_be_mailed(application):
        return False
    with translation.override(application.language):
        subject, text = _("A message for you"), render_to_string(template, values)
    try:
        sender = settings.DEFAULT_FROM_EMAIL
        return send_mail(subject, text, sender, [str(application.email)]) == 1
    except (SMTPException, OSError):
        return False
