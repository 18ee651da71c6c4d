"""Packages, their parts and files, and how far somebody is in them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from uuid import UUID

from django.core import signing
from django.db.models import BinaryField, F, Func, QuerySet, Value

from kith.base import scope
from kith.gate.permissions import visible
from kith.learning.models import Package, PackageFile, PackageRun
from kith.learning.permissions import LEARN, SEE_COURSES, WRITE_COURSES
from kith.learning.rules.packages import Completion, Kept, Score, Success
from kith.methods.learning.packages.schema import Item, MoveOn, Standard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kith.gate.actor import Actor

ON_A_PAGE = 30
SALT = "kith.learning.packages"
# A long day: a page that was left open over lunch goes on, an address that was copied does not.
PASS_LASTS_SECONDS = 12 * 60 * 60
KEY, RECORD = 32, "r"


def packages(actor: Actor) -> QuerySet[Package]:
    """Packages that may be seen, without their contents."""
    return visible(actor, SEE_COURSES, Package.objects.all())


def are_any(actor: Actor) -> bool:
    """Whether there is a package to be seen."""
    return packages(actor).exists()


def packages_to_keep(actor: Actor) -> QuerySet[Package]:
    """Packages that may be removed."""
    return visible(actor, WRITE_COURSES, Package.objects.all())


def part_of_list(actor: Actor, *, after: UUID | None) -> tuple[list[Package], UUID | None]:
    """Some packages, the newest first, and the key where the next ones begin."""
    rows = packages(actor).order_by("-id")
    found = list((rows.filter(id__lt=after) if after else rows)[: ON_A_PAGE + 1])
    return found[:ON_A_PAGE], found[ON_A_PAGE - 1].pk if len(found) > ON_A_PAGE else None


def items_of(package: Package) -> list[Item]:
    """The parts of a package, in its order."""
    return [_item(plain) for plain in package.items]


def item_of(package: Package, key: str) -> Item | None:
    return next((one for one in items_of(package) if one.key == key), None)


def _item(plain: Mapping[str, Any]) -> Item:
    values = dict(plain)
    mastery = values["mastery"]
    values["mastery"] = None if mastery is None else Fraction(mastery)
    values["headings"] = tuple(values["headings"])
    values["move_on"] = MoveOn(values["move_on"])
    return Item(**values)


def own_runs(actor: Actor, package: Package) -> dict[str, PackageRun]:
    """Key of a part -> how far one is in it."""
    rows = visible(actor, LEARN, PackageRun.objects.filter(package=package))
    return {row.item: row for row in rows}


def own_run(actor: Actor) -> QuerySet[PackageRun]:
    """One's own ways through packages."""
    return visible(actor, LEARN, PackageRun.objects.select_related("package"))


def kept_of(run: PackageRun) -> Kept:
    """What is kept of somebody's way."""
    return Kept(
        location=run.location,
        suspend_data=run.suspend_data,
        score=Score(run.score_raw, run.score_min, run.score_max, run.score_scaled),
        completion=Completion(run.completion),
        success=Success(run.success),
        seconds=run.seconds,
    )


@dataclass(frozen=True)
class FilePass:
    """Whose files the bearer of an address may read, and for which way through them."""

    organisation: UUID
    package: UUID
    run: UUID
    keeps_record: bool = False


def pass_for(run: PackageRun) -> str:
    """A part of an address that opens the files of a package for some hours, and nothing else.

    A closed frame sends no cookies, so that the address itself is the proof.
    """
    keys = "".join(key.hex for key in (run.organisation_id, run.package_id, run.pk))
    return _signer().sign(keys + RECORD * (run.package.standard == Standard.CMI5.value))


def read_pass(text: str) -> FilePass | None:
    """None when it is not ours, or too old."""
    try:
        keys = _signer().unsign(text, max_age=PASS_LASTS_SECONDS)
        parts = [UUID(keys[at : at + KEY]) for at in (0, KEY, 2 * KEY)]
        return FilePass(parts[0], parts[1], parts[2], keys[3 * KEY :] == RECORD)
    except (signing.BadSignature, ValueError):
        return None


def _signer() -> signing.TimestampSigner:
    # Colons would have a meaning of their own in a policy for the browser.
    return signing.TimestampSigner(salt=SALT, sep="~")


def file_behind(opened: FilePass, path: str) -> PackageFile | None:
    """A file of a package, for whoever holds an address."""
    with scope.entered(opened.organisation):
        rows = PackageFile.objects.filter(package=opened.package, path=path)
        found: PackageFile | None = rows.defer("content").first()
    return found


def run_behind(opened: FilePass) -> PackageRun | None:
    """The way through a package that an address was made for. What is kept in it is opened here."""
    with scope.entered(opened.organisation):
        rows = PackageRun.objects.select_related("package", "member")
        found: PackageRun | None = rows.filter(pk=opened.run, package=opened.package).first()
        if found is not None:
            kept_of(found)
    return found


def standard_of(package: Package) -> Standard:
    return Standard(package.standard)


def content_of(
    opened: FilePass, file: PackageFile, *, first: int = 0, length: int | None = None
) -> bytes:
    """The bytes of a file, or a piece of them."""
    end = file.size if length is None else length
    piece = Func(
        F("content"), Value(first + 1), Value(end), function="substring", output_field=BinaryField()
    )
    with scope.entered(opened.organisation):
        rows = PackageFile.objects.filter(pk=file.pk).annotate(piece=piece)
        return bytes(rows.values_list("piece", flat=True).get())


def written_path(path: str) -> str:
    """A path as addresses write it."""
    return quote(path)
