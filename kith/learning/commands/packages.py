"""Packages from elsewhere: taken in, removed, and what learners reach in them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.models import Package, PackageFile, PackageRun
from kith.learning.permissions import LEARN, WRITE_COURSES
from kith.learning.queries.packages import kept_of
from kith.learning.rules.packages import (
    LONGEST_AWAY_SECONDS,
    LONGEST_DATA,
    Completion,
    Saved,
    Success,
    saved_of,
)
from kith.methods.learning.packages.reading import Reading, read_package
from kith.methods.learning.packages.reasons import BadPackage
from kith.methods.learning.packages.schema import Item, Standard

AT_ONCE = 8 * 1024 * 1024
"""So many bytes of files go to the database together."""


class PackageUnfit(Refused):
    """The package is not taken. `refused` says why."""

    sentence = _("This package cannot be taken. Nothing was kept.")

    def __init__(self, refused: BadPackage) -> None:
        self.refused = refused
        super().__init__()


class TooMuchKept(Refused):
    """A package keeps more for somebody than is taken."""

    sentence = _("The package wants to keep more than 64,000 signs. That was not saved.")


@command(WRITE_COURSES)
def take_package(actor: Actor, *, content: bytes) -> Package:
    """Take a package with all its files. Raises PackageUnfit."""
    try:
        read = read_package(content)
        return _kept(actor, read)
    except BadPackage as refused:
        raise PackageUnfit(refused) from refused


def _kept(actor: Actor, read: Reading) -> Package:
    told = read.manifest
    names = read.package.names
    package = Package.objects.create(
        title=told.title,
        standard=told.standard.value,
        items=[_plain(one) for one in told.items],
        remarks=[asdict(one) for one in told.remarks],
        activity=told.activity,
        files=len(names),
        size=sum(read.package.bytes_of(name) for name in names),
        made_by=actor.membership,
    )
    waiting: list[PackageFile] = []
    for name, media_type, content in read.files():
        row = PackageFile(package=package, path=name, media_type=media_type, size=len(content))
        row.content = content
        waiting.append(row)
        if sum(one.size for one in waiting) > AT_ONCE:
            PackageFile.objects.bulk_create(waiting)
            waiting = []
    PackageFile.objects.bulk_create(waiting)
    return package


def _plain(item: Item) -> dict[str, Any]:
    """A part as JSON holds it."""
    return {
        key: str(value) if isinstance(value, Fraction) else value
        for key, value in asdict(item).items()
    }


@command(WRITE_COURSES, on="package")
def remove_package(actor: Actor, *, package: Package) -> None:
    """Remove a package, its files, and what learners reached in it."""
    package.delete()


@command(LEARN)
def begin_run(actor: Actor, *, package: Package, item: Item, now: datetime) -> PackageRun:
    """Begin a part of a package, or go on with it."""
    run, is_new = PackageRun.objects.get_or_create(
        package=package,
        member=actor.membership,
        item=item.key,
        defaults={"user": actor.user_id, "last_at": now},
    )
    if is_new and not item.tells:
        # What does not speak to the player is done when it was opened.
        run.completion = Completion.COMPLETED.value
        run.save(update_fields=["completion"])
    return run


@command(LEARN, on="run")
def save_run(
    actor: Actor, *, run: PackageRun, told: Mapping[str, Any], seconds: int, now: datetime
) -> PackageRun:
    """Keep what a part of a package told. Raises TooMuchKept.

    seconds  spent since it was saved last
    """
    run = PackageRun.objects.select_for_update().get(pk=run.pk)
    saved = saved_of(Standard(run.package.standard), told)
    if len(saved.suspend_data) > LONGEST_DATA:
        raise TooMuchKept
    run.seconds += max(0, min(seconds, LONGEST_AWAY_SECONDS))
    return fill_run(run, saved, now=now)


def fill_run(run: PackageRun, saved: Saved, *, now: datetime) -> PackageRun:
    """Write what was told into a row; what was completed stays completed. Inside a command."""
    before = kept_of(run)
    run.location, run.suspend_data = saved.location, saved.suspend_data
    run.score_raw, run.score_min = saved.score.raw, saved.score.smallest
    run.score_max, run.score_scaled = saved.score.largest, saved.score.scaled
    is_done = Completion.COMPLETED in {before.completion, saved.completion}
    run.completion = Completion.COMPLETED.value if is_done else saved.completion.value
    is_passed = Success.PASSED in {before.success, saved.success}
    run.success = Success.PASSED.value if is_passed else saved.success.value
    run.last_at = now
    run.save()
    return run
