"""Outgoing mail: what KITH_MAIL_URL says, and whether the mail server answers."""

import smtplib
from typing import Any
from urllib.parse import unquote, urlsplit

from kith.config.options import OptionFault

SECONDS = 10
PORTS = {"smtp": 587, "smtps": 465}
PLAIN_PORT = 25


def mail_settings(url: str) -> dict[str, Any]:
    """Django's settings for an address such as smtp://user:password@host:587.

    smtp begins in the open and turns to TLS, except on port 25 of this machine's own network;
    smtps speaks TLS from the first byte. Without an address no mail is sent.

    raises  OptionFault
    """
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise OptionFault("KITH_MAIL_URL must look like smtp://user:password@host:587.")
    port = parts.port or PORTS[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and port != PLAIN_PORT,
        "EMAIL_TIMEOUT": SECONDS,
    }


def greet(url: str) -> None:
    """Sign in to the mail server and leave again. Raises OSError, SMTPException, OptionFault."""
    known = mail_settings(url)
    kind = smtplib.SMTP_SSL if known["EMAIL_USE_SSL"] else smtplib.SMTP
    with kind(known["EMAIL_HOST"], known["EMAIL_PORT"], timeout=SECONDS) as server:
        if known["EMAIL_USE_TLS"]:
            server.starttls()
        if known["EMAIL_HOST_USER"]:
            server.login(known["EMAIL_HOST_USER"], known["EMAIL_HOST_PASSWORD"])
        server.noop()
