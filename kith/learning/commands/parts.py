"""Writing one module or story of a draft: its head, screens, sources and pictures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.courses import NotADraft
from kith.learning.models import CoursePart, CoursePicture, CourseVersion
from kith.learning.permissions import WRITE_COURSES
from kith.learning.queries.wordings import content_of
from kith.learning.rules.pieces import (
    bodied,
    fingerprint,
    name_for,
    noted_screen,
    without_languages,
)
from kith.learning.rules.states import VersionState
from kith.methods.learning.courses.findings import Findings
from kith.methods.learning.courses.pictures import check_picture
from kith.methods.learning.courses.schema import Module, Part, Picture, Screen, Source
from kith.methods.learning.questions.schema import ENGLISH
from kith.methods.learning.questions.stored import sparse

MOST_PICTURES = 40
MOST_SCREENS = 60


class ChangedMeanwhile(Refused):
    """Somebody else saved the same text."""

    sentence = _(
        "Somebody else saved this text while you were writing. Nothing of theirs is overwritten"
        " and what you typed is kept here. Compare both, then save again."
    )


class Gone(Refused):
    """Somebody took it out."""

    sentence = _("This is not part of the draft any more. Somebody removed it.")


class ScreenUnusable(Refused):
    """A screen that would fall apart in a file."""

    sentence = _("A line that begins with ## begins a new screen. Write ### for a heading inside.")


class LastScreen(Refused):
    """A part without a screen is nothing to read."""

    sentence = _("This is the only screen. A part needs at least one.")


class TooMuch(Refused):
    """More than anybody would read."""

    sentence = _("There is no room for more here.")


class KeyTaken(Refused):
    """Two sources of one name cannot be told apart."""

    sentence = _("Another source has this short name already.")


class PictureRefused(Refused):
    """An SVG that does more than show; carries what was found."""

    sentence = _("This picture cannot be taken. What is to change is listed below.")

    def __init__(self, found: Findings) -> None:
        self.findings = tuple(found.found)
        super().__init__()


@dataclass(frozen=True)
class Head:
    """What stands about a part, in English; a story has no aim."""

    title: str
    minutes: int
    aim: str = ""


@command(WRITE_COURSES, on="part")
def save_head(actor: Actor, *, part: CoursePart, head: Head, seen: str) -> CoursePart:
    """Change title, aim and minutes. Raises NotADraft, ChangedMeanwhile."""

    def changed(old: Part) -> Part:
        unchanged(head_of(old), seen)
        new: dict[str, Any] = {
            "title": {**old.title, ENGLISH: head.title},
            "minutes": head.minutes,
        }
        if isinstance(old, Module):
            new["aim"] = {**old.aim, ENGLISH: head.aim}
        return replace(old, **new)

    return edit(part, changed)


def head_of(part: Part) -> object:
    """What save_head changes, for its fingerprint."""
    aim = part.aim if isinstance(part, Module) else {}
    return [dict(part.title), dict(aim), part.minutes]


@command(WRITE_COURSES, on="part")
def add_screen(actor: Actor, *, part: CoursePart, heading: str, body: str) -> str:
    """A screen at the end; gives its name. Raises NotADraft, ScreenUnusable, TooMuch."""
    names: list[str] = []

    def changed(old: Part) -> Part:
        if len(old.screens) >= MOST_SCREENS:
            raise TooMuch
        names.append(name_for(heading, {one.name for one in old.screens}))
        heading_kept, body_kept = _written(heading, body)
        new = Screen(names[0], {ENGLISH: heading_kept}, {ENGLISH: body_kept})
        return replace(old, screens=(*old.screens, new))

    edit(part, changed)
    return names[0]


@command(WRITE_COURSES, on="part")
def save_screen(
    actor: Actor,
    *,
    part: CoursePart,
    name: str,
    heading: str,
    body: str,
    seen: str,
) -> CoursePart:
    """Change the English text of a screen.

    Raises NotADraft, Gone, ChangedMeanwhile, ScreenUnusable.
    """

    def changed(old: Part) -> Part:
        screen = _screen(old, name)
        unchanged(english_of(screen), seen)
        heading_kept, body_kept = _written(heading, body)
        screen = noted_screen(screen)
        new = replace(
            screen,
            heading={**screen.heading, ENGLISH: heading_kept},
            body={**screen.body, ENGLISH: body_kept},
        )
        return with_screen(old, new)

    return edit(part, changed)


def english_of(screen: Screen) -> object:
    """What save_screen changes, for its fingerprint."""
    return [screen.heading.get(ENGLISH, ""), screen.body.get(ENGLISH, "")]


def _written(heading: str, body: str) -> tuple[str, str]:
    found = bodied(heading, body)
    if found is None:
        raise ScreenUnusable
    return found


def _screen(part: Part, name: str) -> Screen:
    found = part.screen(name)
    if found is None:
        raise Gone
    return found


def with_screen(part: Part, new: Screen) -> Part:
    """The part with one of its screens in another wording."""
    screens = tuple(new if one.name == new.name else one for one in part.screens)
    return replace(part, screens=screens)


@command(WRITE_COURSES, on="part")
def move_screen(actor: Actor, *, part: CoursePart, name: str, by: int) -> CoursePart:
    """Put a screen some places later, or earlier where `by` is below 0. Raises NotADraft, Gone."""

    def changed(old: Part) -> Part:
        screen, rest = _screen(old, name), [one for one in old.screens if one.name != name]
        place = max(0, min(len(rest), old.screens.index(screen) + by))
        return replace(old, screens=(*rest[:place], screen, *rest[place:]))

    return edit(part, changed)


@command(WRITE_COURSES, on="part")
def remove_screen(actor: Actor, *, part: CoursePart, name: str) -> CoursePart:
    """Take a screen out, in every language. Raises NotADraft, Gone, LastScreen."""

    def changed(old: Part) -> Part:
        _screen(old, name)
        rest = tuple(one for one in old.screens if one.name != name)
        if not rest:
            raise LastScreen
        return replace(old, screens=rest)

    return edit(part, changed)


@command(WRITE_COURSES, on="part")
def save_source(actor: Actor, *, part: CoursePart, source: Source, instead_of: str) -> CoursePart:
    """Add a source, or write one anew where `instead_of` names it. Raises NotADraft, KeyTaken."""

    def changed(old: Part) -> Part:
        if not isinstance(old, Module):
            raise Gone
        if source.key != instead_of and old.source(source.key):
            raise KeyTaken
        if not instead_of:
            return replace(old, sources=(*old.sources, source))
        kept = tuple(source if one.key == instead_of else one for one in old.sources)
        return replace(old, sources=kept)

    return edit(part, changed)


@command(WRITE_COURSES, on="part")
def remove_source(actor: Actor, *, part: CoursePart, key: str) -> CoursePart:
    """Take a source out of the list. Raises NotADraft."""

    def changed(old: Part) -> Part:
        if not isinstance(old, Module):
            raise Gone
        return replace(old, sources=tuple(one for one in old.sources if one.key != key))

    return edit(part, changed)


@command(WRITE_COURSES, on="part")
def keep_picture(
    actor: Actor, *, part: CoursePart, name: str, content: bytes, media_type: str
) -> CoursePicture:
    """A picture that texts can show; one of the same name is replaced.

    Raises NotADraft, PictureRefused, TooMuch.
    """
    found = Findings(name)
    check_picture(content, found)
    if found.found:
        raise PictureRefused(found)

    def changed(old: Part) -> Part:
        if not isinstance(old, Module):
            raise Gone
        rest = [one for one in old.pictures if one.name != name]
        if len(rest) >= MOST_PICTURES:
            raise TooMuch
        new = [*rest, Picture(name, sha256(content).hexdigest())]
        return replace(old, pictures=tuple(sorted(new, key=lambda one: one.name)))

    edit(part, changed)
    CoursePicture.objects.filter(part=part, name=name).delete()
    return CoursePicture.objects.create(
        part=part, name=name, media_type=media_type, content=content
    )


@command(WRITE_COURSES, on="part")
def remove_picture(actor: Actor, *, part: CoursePart, picture: CoursePicture) -> None:
    """Take a picture away. Raises NotADraft."""

    def changed(old: Part) -> Part:
        if not isinstance(old, Module):
            raise Gone
        return replace(old, pictures=tuple(one for one in old.pictures if one.name != picture.name))

    edit(part, changed)
    picture.delete()


def edit(part: CoursePart, changed: Callable[[Part], Part]) -> CoursePart:
    """Keep a part of a draft in another wording. Only inside a command. Raises NotADraft, Gone."""
    rows = CoursePart.objects.select_for_update(of=("self",)).select_related("version")
    row: CoursePart | None = rows.defer("content").filter(pk=part.pk).first()
    if row is None:
        raise Gone
    version = CourseVersion.objects.select_for_update().get(pk=row.version_id)
    if version.state != VersionState.DRAFT.value:
        raise NotADraft
    new = without_languages(changed(content_of(row)))
    row.title, row.minutes = dict(new.title), new.minutes
    row.screens = [one.name for one in new.screens]
    row.content = sparse(new)
    row.save(update_fields=["title", "minutes", "screens", "content"])
    return row


def unchanged(now: object, seen: str) -> None:
    """Raise ChangedMeanwhile where something is not as it was seen."""
    if fingerprint(now) != seen:
        raise ChangedMeanwhile
