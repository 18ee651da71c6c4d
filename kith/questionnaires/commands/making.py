"""Bringing in, writing and changing questionnaires: a version is changed only while a draft."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kith.base import files
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.methods.instruments.checks import check_instrument
from kith.methods.instruments.files import read_questionnaire
from kith.methods.instruments.findings import Finding
from kith.methods.instruments.packs import shipped_packs
from kith.methods.instruments.schema import Instrument, Words
from kith.methods.instruments.stored import from_plain, to_plain
from kith.questionnaires.models import Asking, Questionnaire, Version
from kith.questionnaires.permissions import WRITE_QUESTIONNAIRES
from kith.questionnaires.rules import Source, VersionState
from kith.questionnaires.rules.editing import (
    MOST_QUESTIONS,
    Draft,
    empty_instrument,
    moved,
    named,
    next_name,
    with_question,
    without_question,
)

TITLE_LENGTH = 200


class FileRefused(Refused):
    """The questions cannot be taken; findings says why, row by row."""

    sentence = _("This cannot be taken yet. Each place to change is named below.")

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__()


class NotADraft(Refused):
    """Answers lean on a version that is ready, so it stays as it is."""

    sentence = _("This version is ready and stays as it is. Begin a new version to change it.")


class LicensedElsewhere(Refused):
    """The holder of a licence decides about the words of a pack."""

    sentence = _("A pack is used as its licence has it. Its words cannot be changed here.")


class HasNoQuestions(Refused):
    """There is nothing to ask yet."""

    sentence = _("There is no question yet. Add at least one.")


class TooManyQuestions(Refused):
    """More than anybody would answer on a phone."""

    sentence = _("A questionnaire written here has at most 100 questions.")


class StillAsked(Refused):
    """A programme asks this questionnaire."""

    sentence = _("A programme still asks this questionnaire. Stop that first.")


@command(WRITE_QUESTIONNAIRES)
def take_file(
    actor: Actor,
    *,
    content: bytes,
    filename: str,
    language: str,
    questionnaire: Questionnaire | None = None,
) -> Version:
    """Take in a pack or an XLSForm as a draft, of a new questionnaire or of one that is there.

    Raises FileRefused, LicensedElsewhere.
    """
    if len(content) > settings.KITH_UPLOAD_BYTES:
        raise files.FileTooLarge()
    reading = read_questionnaire(content, filename=filename, language=language)
    if reading.instrument is None:
        raise FileRefused(reading.findings)
    instrument = reading.instrument
    found = questionnaire or _home_of(actor, instrument)
    _check_pack(found, instrument)
    notes = [one.kept() for one in reading.notes]
    return _draft(actor, found, instrument, notes=notes, filename=filename[:TITLE_LENGTH])


@command(WRITE_QUESTIONNAIRES)
def take_pack(actor: Actor, *, key: str, today: date) -> Version:
    """Make a pack that comes with Kith ready to be asked. Raises KeyError."""
    pack = next((one for one in shipped_packs() if one.id == key), None)
    if pack is None:
        raise KeyError(key)
    known = Questionnaire.objects.filter(pack_key=pack.id, organisation=actor.organisation).first()
    if known is not None and (same := _version_like(known, pack)) is not None:
        return same
    return _made_ready(_draft(actor, known or _home_of(actor, pack), pack), today)


@command(WRITE_QUESTIONNAIRES)
def write_questionnaire(actor: Actor, *, title: Words, languages: tuple[str, ...]) -> Version:
    """Begin a questionnaire that is written here. Raises FileRefused."""
    name = next(filter(None, (title.get(one, "") for one in languages)), "")
    key = slugify(name)[:60] or "questions"
    instrument = empty_instrument(key=key, title=title, languages=languages)
    _check(instrument)
    made = Questionnaire.objects.create(
        title=name[:TITLE_LENGTH], titles=dict(title), source=Source.WRITTEN.value
    )
    return _draft(actor, made, instrument)


@command(WRITE_QUESTIONNAIRES, on="questionnaire")
def begin_draft(actor: Actor, *, questionnaire: Questionnaire) -> Version:
    """Begin a new version from the newest, or give the draft. Raises LicensedElsewhere."""
    if questionnaire.source != Source.WRITTEN.value:
        raise LicensedElsewhere()
    rows = Version.objects.filter(questionnaire=questionnaire)
    newest: Version = rows.order_by("-number")[0]
    if newest.state == VersionState.DRAFT.value:
        return newest
    return _draft(actor, questionnaire, from_plain(newest.content))


@command(WRITE_QUESTIONNAIRES, on="version")
def name_questionnaire(
    actor: Actor, *, version: Version, title: Words, languages: tuple[str, ...]
) -> Version:
    """Change the title and the languages of a draft. Raises NotADraft, FileRefused."""
    instrument = named(_own_draft(version), title=title, languages=languages)
    return _keep(version, instrument)


@command(WRITE_QUESTIONNAIRES, on="version")
def put_question(actor: Actor, *, version: Version, draft: Draft, name: str = "") -> Version:
    """Add a question to a draft, or change the one of this name.

    Raises NotADraft, FileRefused with what the question may not say, TooManyQuestions.
    """
    instrument = _own_draft(version)
    if not name and len(instrument.items) >= MOST_QUESTIONS:
        raise TooManyQuestions()
    return _keep(version, with_question(instrument, name or next_name(instrument), draft))


@command(WRITE_QUESTIONNAIRES, on="version")
def move_question(actor: Actor, *, version: Version, name: str, by: int) -> Version:
    """Put a question further up or down. Raises NotADraft, FileRefused."""
    return _keep(version, moved(_own_draft(version), name, by=by))


@command(WRITE_QUESTIONNAIRES, on="version")
def remove_question(actor: Actor, *, version: Version, name: str) -> Version:
    """Take a question out of a draft. Raises NotADraft."""
    return _keep(version, without_question(_own_draft(version), name))


@command(WRITE_QUESTIONNAIRES, on="version")
def make_ready(actor: Actor, *, version: Version, today: date) -> Version:
    """Make a draft ready to be asked; from now on it stays as it is.

    Raises NotADraft, HasNoQuestions, FileRefused.
    """
    if version.state != VersionState.DRAFT.value:
        raise NotADraft()
    instrument = from_plain(version.content)
    if not any(item.has_answer for item in instrument.walk()):
        raise HasNoQuestions()
    _check(instrument)
    return _made_ready(version, today)


@command(WRITE_QUESTIONNAIRES, on="version")
def throw_draft_away(actor: Actor, *, version: Version) -> None:
    """Forget a draft; with it the questionnaire, when it has no other version. Raises NotADraft."""
    if version.state != VersionState.DRAFT.value:
        raise NotADraft()
    questionnaire = version.questionnaire
    version.delete()
    if not Version.objects.filter(questionnaire=questionnaire).exists():
        questionnaire.delete()


@command(WRITE_QUESTIONNAIRES, on="questionnaire")
def retire(actor: Actor, *, questionnaire: Questionnaire, today: date) -> Questionnaire:
    """Ask a questionnaire no more; its answers stay. Raises StillAsked."""
    if Asking.objects.filter(questionnaire=questionnaire, ended_on__isnull=True).exists():
        raise StillAsked()
    questionnaire.retired_on = today
    questionnaire.save()
    return questionnaire


def _home_of(actor: Actor, instrument: Instrument) -> Questionnaire:
    """The questionnaire of a pack that came before, or a new one."""
    key = instrument.id[:120] if instrument.licence else ""
    known = Questionnaire.objects.filter(pack_key=key, organisation=actor.organisation)
    if key and (found := known.first()):
        home: Questionnaire = found
        return home
    made: Questionnaire = Questionnaire.objects.create(
        title=_title(instrument),
        titles=dict(instrument.title),
        source=(Source.PACK if key else Source.FILE).value,
        pack_key=key,
    )
    return made


def _check_pack(questionnaire: Questionnaire, instrument: Instrument) -> None:
    key = instrument.id[:120] if instrument.licence else ""
    if questionnaire.pack_key != key:
        raise LicensedElsewhere()


def _version_like(questionnaire: Questionnaire, pack: Instrument) -> Version | None:
    rows = Version.objects.filter(questionnaire=questionnaire, state=VersionState.READY.value)
    newest = rows.order_by("-number").first()
    return newest if newest is not None and from_plain(newest.content) == pack else None


def _draft(
    actor: Actor,
    questionnaire: Questionnaire,
    instrument: Instrument,
    *,
    notes: list[dict[str, Any]] | None = None,
    filename: str = "",
) -> Version:
    """A draft with these questions in place of any other draft."""
    rows = Version.objects.filter(questionnaire=questionnaire)
    rows.filter(state=VersionState.DRAFT.value).delete()
    newest = rows.order_by("-number").first()
    made: Version = Version.objects.create(
        questionnaire=questionnaire,
        number=newest.number + 1 if newest else 1,
        content=to_plain(instrument),
        notes=notes or [],
        filename=filename,
        made_by=actor.membership,
    )
    return made


def _own_draft(version: Version) -> Instrument:
    if version.state != VersionState.DRAFT.value:
        raise NotADraft()
    if version.questionnaire.source != Source.WRITTEN.value:
        raise LicensedElsewhere()
    return from_plain(version.content)


def _keep(version: Version, instrument: Instrument) -> Version:
    _check(instrument)
    version.content = to_plain(instrument)
    version.save()
    return version


def _check(instrument: Instrument) -> None:
    """The same look as at a file: what it asks for, and whether its rules work."""
    refusals = [one for one in check_instrument(instrument) if one.refuses]
    if refusals:
        raise FileRefused(refusals)


def _made_ready(version: Version, today: date) -> Version:
    version.state, version.ready_on = VersionState.READY.value, today
    version.save()
    instrument, home = from_plain(version.content), version.questionnaire
    home.title, home.titles = _title(instrument), dict(instrument.title)
    home.save()
    return version


def _title(instrument: Instrument) -> str:
    found = instrument.words(instrument.title, instrument.default_language) or instrument.id
    return found[:TITLE_LENGTH]
