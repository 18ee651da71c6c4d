"""What made-up mentors of the demo had to pay: one claim in each state, two with a receipt."""

import zlib
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from struct import pack

from kith.base import files
from kith.expenses.commands import (
    Terms,
    Wanted,
    agree,
    ask_back,
    begin_claim,
    note_paid,
    send_claim,
    set_plan,
)
from kith.expenses.models import Claim, ExpensePlan
from kith.gate.actor import Actor, member_actor
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.programmes.models import Programme

KINDS = ["Bus, tram and train", "Tickets", "Coffee and tea", "Material"]
TERMS = Terms(
    is_open=True,
    kinds=KINDS,
    currency="PLN",
    limit_cents=80_00,
    within_days=60,
    keep_years=5,
)


def make_expenses(actor: Actor, programme: Programme, *, today: date, now: datetime) -> None:
    """The programme pays tickets back; its mentor sent three claims and begins another."""
    plan = set_plan(actor, programme=programme, terms=TERMS)
    member = Membership.objects.filter(roles__contains=[Role.MENTOR.value]).order_by("id").first()
    if member is None:
        return
    mentor = member_actor(member)
    _paid(actor, mentor, plan, today=today, now=now)
    _back(actor, mentor, plan, today=today, now=now)
    _claim(mentor, plan, [(3, "Tickets", 62_00), (2, "Coffee and tea", 27_50)], today=today)
    begin_claim(mentor, plan=plan, wanted=_wanted(today, 1, KINDS[0], 9_20), today=today)


def _paid(actor: Actor, mentor: Actor, plan: ExpensePlan, *, today: date, now: datetime) -> None:
    claim = _claim(mentor, plan, [(40, KINDS[0], 9_20), (38, "Tickets", 30_00)], today=today)
    agree(actor, claim=claim, sending=1, word="", now=now - timedelta(days=30))
    note_paid(actor, claim=claim, paid_on=today - timedelta(days=26), now=now)


def _back(actor: Actor, mentor: Actor, plan: ExpensePlan, *, today: date, now: datetime) -> None:
    claim = _claim(mentor, plan, [(20, "Material", 18_99)], today=today)
    word = "What did you buy? The receipt shows only the sum."
    ask_back(actor, claim=claim, sending=1, word=word, now=now - timedelta(days=2))


def _claim(
    mentor: Actor, plan: ExpensePlan, lines: Sequence[tuple[int, str, int]], *, today: date
) -> Claim:
    for days, kind, cents in lines:
        day = today - timedelta(days=days)
        claim = begin_claim(mentor, plan=plan, wanted=_wanted(today, days, kind, cents), today=day)
    return send_claim(mentor, claim=claim, today=today - timedelta(days=lines[-1][0]))


def _wanted(today: date, days: int, kind: str, cents: int) -> Wanted:
    return Wanted(
        on=today - timedelta(days=days),
        kind=kind,
        cents=cents,
        receipt=(_receipt(), files.PNG, "") if kind == "Tickets" else None,
    )


def _receipt() -> bytes:
    """A strip of paper with lines of print on it, as a small grey PNG."""
    width, height = 180, 260
    rows = [b"\x00" + _print_of(row, width) for row in range(height)]
    head = pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def _print_of(row: int, width: int) -> bytes:
    paper, ink = b"\xf4", b"\x55"
    is_printed = row % 20 in {8, 9, 10, 11} and 20 < row < 240
    if not is_printed:
        return paper * width
    words, amount = 60 + row * 7 % 50, 22
    gap = width - 24 - words - amount
    return paper * 12 + ink * words + paper * gap + ink * amount + paper * 12
