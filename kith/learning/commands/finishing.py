"""When everything is done: the certificate."""

import secrets
from datetime import date

from kith.base.days import months_later
from kith.base.events import announce
from kith.gate.actor import Actor
from kith.gate.models import Membership
from kith.learning.events import CertificateGiven
from kith.learning.models import (
    Attempt,
    Attended,
    Certificate,
    ErasedCertificate,
    Progress,
    PublicCode,
    Seat,
    Work,
)
from kith.learning.queries.content import frame_of, modules_of, vignettes_of
from kith.learning.rules.passing import FINAL, LIST_PLACES, Done
from kith.learning.rules.states import SeatState, WorkState

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12


def done_of(seat: Seat) -> Done:
    """What somebody has of the course."""
    done = set(
        Progress.objects.filter(seat=seat, done_on__isnull=False).values_list("part", flat=True)
    )
    accepted = set(
        Work.objects.filter(seat=seat, state=WorkState.ACCEPTED.value).values_list(
            "part", flat=True
        )
    )
    attended = Attended.objects.filter(
        member=seat.member_id, session__edition__course=seat.edition.course_id
    )
    return Done(
        modules_left=tuple(one.key for one in modules_of(seat.version_id) if one.key not in done),
        final_passed=Attempt.objects.filter(seat=seat, part=FINAL, passed=True).exists(),
        vignettes_left=tuple(
            one.key for one in vignettes_of(seat.version_id) if one.key not in accepted
        ),
        live_needed=frame_of(seat.version_id).live_session,
        live_attended=attended.exists(),
    )


def settle(actor: Actor, seat: Seat, *, today: date) -> Certificate | None:
    """Give the certificate when the last thing is done. Only inside a command."""
    if seat.state != SeatState.LEARNING.value or not done_of(seat).is_all:
        return None
    seat.state, seat.passed_on = SeatState.PASSED.value, today
    seat.save(update_fields=["state", "passed_on"])
    return _given(seat, today=today)


def _given(seat: Seat, *, today: date) -> Certificate:
    frame = frame_of(seat.version_id)
    member = Membership.objects.get(pk=seat.member_id)
    certificate = Certificate.objects.create(
        seat=seat,
        course_id=seat.edition.course_id,
        member=member,
        user=member.user_id,
        code="".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)),
        name=str(member.name),
        title=dict(frame.title),
        language=seat.language,
        opens=frame.opens.value,
        issued_on=today,
        valid_until=months_later(today, frame.certificate_months),
        refresher_months=frame.refresher_months,
        listed=_free_place(),
    )
    PublicCode.objects.create(code=certificate.code, certificate=certificate)
    announce(CertificateGiven(certificate.pk, member.pk))
    return certificate


def _free_place() -> int:
    """A place on a list of badges, drawn at random: its number says nothing about anybody."""
    tables = (Certificate.objects, ErasedCertificate.objects)
    taken = sum(rows.count() for rows in tables)
    first = taken // (LIST_PLACES // 2) * LIST_PLACES
    while True:
        place = first + secrets.randbelow(LIST_PLACES)
        if not any(rows.filter(listed=place).exists() for rows in tables):
            return place
