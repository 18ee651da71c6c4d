"""The one letter of this room: five questions to somebody who knows a mentor."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kith.base import mail
from kith.mentors.commands import Asked
from kith.mentors.queries.references import link_of


def link_to(request: HttpRequest, asked: Asked) -> str:
    """The whole address of the questions."""
    reference = asked.reference
    text = link_of(reference.organisation_id, asked.secret)
    return request.build_absolute_uri(reverse("mentors:answer", args=[reference.language, text]))


def send_questions(request: HttpRequest, asked: Asked) -> bool:
    """Send the link to the person who was named; False when it could not be sent."""
    if not mail.is_set_up():
        return False
    reference = asked.reference
    values = {
        "organisation": str(reference.organisation),
        "name": str(reference.name),
        "mentor": str(reference.person.name),
        "link": link_to(request, asked),
        "until": reference.link_until,
    }
    with translation.override(reference.language):
        subject = _("A few questions for you")
        text = render_to_string("mentors/mail_reference.txt", values)
    sent = mail.send(to=str(reference.email), subject=subject, text=text)
    return sent is mail.Outcome.SENT
