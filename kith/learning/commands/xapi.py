"""The record of a unit of cmi5: starting it, its secrets, what it says and keeps."""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.packages import fill_run
from kith.learning.models import PackageLaunch, PackageRun, XapiState, XapiStatement
from kith.learning.permissions import LEARN
from kith.learning.queries.packages import item_of, kept_of
from kith.learning.queries.xapi import party_of
from kith.learning.rules.packages import Completion, Saved
from kith.learning.rules.xapi import (
    INITIALIZED,
    LAUNCHED,
    MOST_DOCUMENTS,
    MOST_STATEMENTS,
    TERMINATED,
    Said,
    launched,
)

LAUNCH_LASTS = timedelta(hours=12)


class SecretUsed(Refused):
    """A secret of a start is good once, and for some hours."""

    sentence = _("This start was used already. Start the part again from its page.")


class TooMuchSaid(Refused):
    """A unit says or keeps more than is taken."""

    sentence = _("This part keeps more than is taken here.")


class OutOfTurn(Refused):
    """A unit says that it has begun before all else, and nothing after its end."""

    sentence = _("This part spoke before its beginning or after its end.")


class SaidOtherwise(Refused):
    """A statement is never changed."""

    sentence = _("Something else was said under this key already.")


def hashed(secret: str) -> str:
    """How secrets are kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


@command(LEARN, on="run")
def launch(actor: Actor, *, run: PackageRun, now: datetime) -> tuple[PackageLaunch, str]:
    """Start a unit: gives the start and the secret with which the unit fetches its token.

    Starts before this one are over. The run is locked first, as by whoever speaks for it: the last
    words of the start before may arrive at the same moment.
    """
    PackageRun.objects.select_for_update().get(pk=run.pk)
    PackageLaunch.objects.filter(run=run, is_over=False).update(is_over=True)
    secret = secrets.token_urlsafe(24)
    row = PackageLaunch.objects.create(
        run=run, fetch_hash=hashed(secret), ends_at=now + LAUNCH_LASTS
    )
    item = item_of(run.package, run.item)
    if item is not None:
        key, party = uuid4(), party_of(run)
        said = launched(item, party, row.pk, key=key)
        _keep(run, key=key, verb=LAUNCHED, thing=party.activity, content=json.dumps(said), now=now)
    return row, secret


@command(LEARN, on="run")
def give_token(
    actor: Actor, *, run: PackageRun, launch: PackageLaunch, secret: str, now: datetime
) -> str:
    """The token of a start, once. Raises SecretUsed."""
    row = PackageLaunch.objects.select_for_update().get(pk=launch.pk, run=run)
    is_right = secrets.compare_digest(row.fetch_hash, hashed(secret))
    if not is_right or row.token_hash or row.is_over or row.ends_at < now:
        raise SecretUsed
    token = secrets.token_urlsafe(24)
    row.token_hash = hashed(token)
    row.save(update_fields=["token_hash"])
    return token


@command(LEARN, on="run")
def say(
    actor: Actor,
    *,
    run: PackageRun,
    launch: PackageLaunch,
    statements: Sequence[Said],
    now: datetime,
) -> None:
    """Keep what a unit said, and what it means for the learner.

    Raises TooMuchSaid, OutOfTurn, SaidOtherwise.
    """
    run = PackageRun.objects.select_for_update().get(pk=run.pk)
    kept = XapiStatement.objects.filter(run=run)
    if kept.count() + len(statements) > MOST_STATEMENTS:
        raise TooMuchSaid
    for said in statements:
        before = kept.filter(statement=said.key).first()
        if before is None:
            _take(run, launch, said, now)
        elif _plain(before.content) != _plain(said.content):
            raise SaidOtherwise


def _plain(content: str) -> Any:
    return json.loads(content)


def _take(run: PackageRun, launch: PackageLaunch, said: Said, now: datetime) -> None:
    has_begun = XapiStatement.objects.filter(
        run=run, verb=INITIALIZED, created_at__gte=launch.created_at
    ).exists()
    if launch.is_over or has_begun == (said.is_cmi5 and said.verb == INITIALIZED):
        raise OutOfTurn
    _keep(run, key=said.key, verb=said.verb, thing=said.thing, content=said.content, now=now)
    if said.is_cmi5:
        _apply(run, said, now)
    if said.is_cmi5 and said.verb == TERMINATED:
        launch.is_over = True
        launch.save(update_fields=["is_over"])


def _keep(run: PackageRun, *, key: Any, verb: str, thing: str, content: str, now: datetime) -> None:
    XapiStatement.objects.create(
        run=run,
        user=run.user,
        statement=key,
        verb=verb,
        thing=thing,
        content=content,
        stored_at=now,
    )


def _apply(run: PackageRun, said: Said, now: datetime) -> None:
    before = kept_of(run)
    told = Saved(
        location=before.location,
        suspend_data=before.suspend_data,
        score=said.score or before.score,
        completion=said.completion or _begun(before.completion),
        success=said.success or before.success,
    )
    fill_run(run, replace(told), now=now)


def _begun(before: Completion) -> Completion:
    return Completion.BEGUN if before is Completion.NOT_BEGUN else before


@command(LEARN, on="run")
def keep_document(
    actor: Actor, *, run: PackageRun, name: str, media_type: str, content: str, now: datetime
) -> XapiState:
    """Keep a document of a unit; another of the same name gives way. Raises TooMuchSaid."""
    run = PackageRun.objects.select_for_update().get(pk=run.pk)
    rows = XapiState.objects.filter(run=run)
    row = rows.filter(name=name).first() or XapiState(run=run, name=name, user=run.user)
    if row._state.adding and rows.count() >= MOST_DOCUMENTS:
        raise TooMuchSaid
    row.media_type, row.content, row.stored_at = media_type, content, now
    row.save()
    return row


@command(LEARN, on="run")
def drop_documents(actor: Actor, *, run: PackageRun, name: str = "") -> None:
    """Drop a document of a unit; all of them without a name."""
    rows = XapiState.objects.filter(run=run)
    (rows.filter(name=name) if name else rows).delete()
