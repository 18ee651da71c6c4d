"""Words for what holds, opens and ends a certificate."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.learning.rules.holding import NotHeld
from kith.learning.rules.states import HoursKind, Revoked
from kith.methods.learning.courses.schema import Opens

NOT_HELD_WORDS: dict[NotHeld, str | Promise] = {
    NotHeld.NOT_YET: _("not valid yet"),
    NotHeld.REVOKED: _("revoked"),
    NotHeld.EXPIRED: _("expired"),
    NotHeld.REFRESHER: _("waits for a refresher"),
    NotHeld.SUPERVISION: _("waits for supervision"),
}
NOT_HELD_SENTENCES: dict[NotHeld, str | Promise] = {
    NotHeld.NOT_YET: _("It is valid from the day it was given."),
    NotHeld.REVOKED: _("The organisation has taken it back. Ask the organisation why."),
    NotHeld.EXPIRED: _("Its time is over. Joining a new edition of the course renews it."),
    NotHeld.REFRESHER: _(
        "A refresher within the last year keeps it valid. Ask your trainer for the next one."
    ),
    NotHeld.SUPERVISION: _(
        "Four hours of supervision within the last year keep it valid."
        " Tell your trainer about yours."
    ),
}
OPENS_WORDS: dict[Opens, str | Promise] = {
    Opens.MENTORING: _("It opens the first match as a mentor."),
    Opens.ASSESSMENT: _(
        "It opens the assessment sheet to assessors and second readers,"
        " while refresher and supervision are kept up."
    ),
    Opens.NOTHING: _("It opens nothing by itself; it shows what you have learned."),
}
REVOKED_WORDS: dict[Revoked, str | Promise] = {
    Revoked.MISTAKE: _("It was given by mistake"),
    Revoked.OWN_WISH: _("The holder asked for it"),
    Revoked.REPLACED: _("Another one takes its place"),
    Revoked.CONDUCT: _("The code of conduct was broken"),
}
HOURS_WORDS: dict[HoursKind, str | Promise] = {
    HoursKind.REFRESHER: _("Refresher"),
    HoursKind.SUPERVISION: _("Supervision"),
}
