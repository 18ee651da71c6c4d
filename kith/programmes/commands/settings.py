"""Changing how a programme or an own template is set: first a draft, then from a moment on.

What a match agreed when it began is read from the settings of that moment (`queries.terms_at`),
which are kept for good; so no change reaches a running agreement.
"""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from kith.base import events
from kith.base.content import ContentFault, Unfit
from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.programmes.events import ProgrammeAdapted
from kith.programmes.models import (
    EarlierSettings,
    Enrolment,
    OwnTemplate,
    Programme,
    SettingsDraft,
)
from kith.programmes.permissions import EDIT_TEMPLATES, OPEN_PROGRAMME
from kith.programmes.rules import (
    PlaceState,
    ProgrammeTemplate,
    arranged,
    kept_with,
    load_template,
    rules_of,
    units_of,
    whole,
)

Plan = Programme | OwnTemplate


class NameMissing(Refused):
    """A programme and a template need a name."""

    sentence = _("Give it a name.")


class DoesNotFit(Refused):
    """The changed weeks, meetings and days do not go together."""

    sentence = _("These weeks and days do not go together. Nothing was changed.")


class FormInUse(Refused):
    """People are in matches of a form that would not exist any more."""

    sentence = _(
        "People are in matches of this form. Let these come to an end first, or keep the form."
    )


class NothingToDo(Refused):
    """There is no draft, or somebody put it into force already."""

    sentence = _("There is no draft any more. Somebody put it into force or threw it away.")


class Overtaken(Refused):
    """Other settings came into force after the draft was begun."""

    sentence = _("The settings have changed since this draft was begun. Begin it anew.")


class Retired(Refused):
    """A template that was put away is not changed."""

    sentence = _("This template was put away. Bring it back first.")


@command(OPEN_PROGRAMME, on="programme")
def draft_programme(
    actor: Actor, *, programme: Programme, name: str, rules: ProgrammeTemplate, now: datetime
) -> SettingsDraft | None:
    """Keep changed settings of a programme as its draft; None when nothing differs any more.

    Raises NameMissing, DoesNotFit, Overtaken.
    """
    return _draft(actor, programme, name, rules, now)


@command(EDIT_TEMPLATES, on="template")
def draft_template(
    actor: Actor, *, template: OwnTemplate, name: str, rules: ProgrammeTemplate, now: datetime
) -> SettingsDraft | None:
    """Keep changed settings of an own template as its draft; None when nothing differs any more.

    Raises Retired, NameMissing, DoesNotFit, Overtaken.
    """
    _require_present(template)
    return _draft(actor, template, name, rules, now)


@command(OPEN_PROGRAMME, on="programme")
def put_programme_in_force(actor: Actor, *, programme: Programme, now: datetime) -> Programme:
    """Let the draft of a programme count from now on. Raises NothingToDo, Overtaken, FormInUse."""
    draft = _taken(programme)
    _change(actor, programme, draft.name, rules_of(draft), now)
    draft.delete()
    return programme


@command(EDIT_TEMPLATES, on="template")
def put_template_in_force(actor: Actor, *, template: OwnTemplate, now: datetime) -> OwnTemplate:
    """Let the draft of an own template count for programmes opened from now on.

    Raises Retired, NothingToDo, Overtaken.
    """
    _require_present(template)
    draft = _taken(template)
    _change(actor, template, draft.name, rules_of(draft), now)
    draft.delete()
    return template


@command(OPEN_PROGRAMME, on="programme")
def drop_programme_draft(actor: Actor, *, programme: Programme) -> None:
    """Throw the draft of a programme away."""
    _drafts(programme).delete()


@command(EDIT_TEMPLATES, on="template")
def drop_template_draft(actor: Actor, *, template: OwnTemplate) -> None:
    """Throw the draft of an own template away."""
    _drafts(template).delete()


@command(OPEN_PROGRAMME, on="programme")
def adapt_programme(
    actor: Actor, *, programme: Programme, name: str, rules: ProgrammeTemplate, now: datetime
) -> Programme:
    """Change name and settings of a programme at once, without a draft.

    Raises NameMissing, DoesNotFit, FormInUse.
    """
    _change(actor, programme, name, rules, now)
    return programme


@command(EDIT_TEMPLATES)
def copy_template(actor: Actor, *, template_key: str, name: str) -> OwnTemplate:
    """Make an own template from one of the house. Raises NameMissing."""
    house = load_template(template_key)
    copied = OwnTemplate(
        template_key=house.key, template_version=house.version, name=clean_name(name)
    )
    keep(copied, house)
    copied.save()
    return copied


@command(EDIT_TEMPLATES, on="template")
def draft_newer_words(
    actor: Actor, *, template: OwnTemplate, now: datetime
) -> SettingsDraft | None:
    """Put the house's present words under an own template's settings, as a draft to look at.

    Raises Retired, Overtaken.
    """
    _require_present(template)
    own, house = rules_of(template), load_template(template.template_key)
    newer = arranged(house, kept_with({}, own))
    return _draft(actor, template, template.name, newer, now)


@command(EDIT_TEMPLATES, on="template")
def retire_template(actor: Actor, *, template: OwnTemplate, today: date) -> OwnTemplate:
    """Put an own template away: no programme is opened from it any more; those that run go on."""
    template.retired_on = today
    template.save()
    _drafts(template).delete()
    return template


@command(EDIT_TEMPLATES, on="template")
def bring_template_back(actor: Actor, *, template: OwnTemplate) -> OwnTemplate:
    """Offer a template that was put away again."""
    template.retired_on = None
    template.save()
    return template


def clean_name(name: str) -> str:
    """A name without stray blanks. Raises NameMissing."""
    words = " ".join(name.split())
    if not words:
        raise NameMissing()
    return words


def keep(plan: Plan | SettingsDraft, rules: ProgrammeTemplate) -> None:
    """Write `rules` into the settings; nothing is saved yet. Raises DoesNotFit."""
    before, plan.settings = plan.settings, _settings(plan, rules)
    try:
        rules_of(plan)
    except (Unfit, ContentFault) as unfit:
        plan.settings = before
        raise DoesNotFit() from unfit


def _settings(plan: Plan | SettingsDraft, rules: ProgrammeTemplate) -> dict[str, Any]:
    owner = plan.plan if isinstance(plan, SettingsDraft) else plan
    if isinstance(owner, Programme):
        return kept_with(owner.settings, rules)
    # A draft may change again: only what is in force has a name to be remembered by.
    return whole(rules, name="" if owner is not plan else str(uuid7()))


def _draft(
    actor: Actor, plan: Plan, name: str, rules: ProgrammeTemplate, now: datetime
) -> SettingsDraft | None:
    draft = _drafts(plan).select_for_update().first() or SettingsDraft(
        **_of(plan), number=plan.number
    )
    if draft.number != plan.number:
        raise Overtaken()
    draft.name, draft.changed_at, draft.changed_by = clean_name(name), now, actor.membership
    keep(draft, rules)
    if draft.name == plan.name and rules == rules_of(plan):
        _drafts(plan).delete()
        return None
    draft.save()
    return draft


def _taken(plan: Plan) -> SettingsDraft:
    draft: SettingsDraft | None = _drafts(plan).select_for_update().first()
    if draft is None:
        raise NothingToDo()
    if draft.number != plan.number:
        raise Overtaken()
    return draft


def _change(actor: Actor, plan: Plan, name: str, rules: ProgrammeTemplate, now: datetime) -> None:
    """Keep how it was until now, then change it."""
    present = type(plan).objects.select_for_update().get(pk=plan.pk)
    if isinstance(plan, Programme):
        _require_forms(plan, rules)
    EarlierSettings.objects.create(
        **_of(plan),
        name=present.name,
        settings=present.settings,
        number=present.number,
        until_at=now,
        replaced_by=actor.membership,
    )
    plan.name, plan.number = clean_name(name), present.number + 1
    if isinstance(plan, OwnTemplate):
        plan.template_version = rules.version
    keep(plan, rules)
    plan.save()
    if isinstance(plan, Programme):
        events.announce(ProgrammeAdapted(plan.pk))


def _require_forms(programme: Programme, rules: ProgrammeTemplate) -> None:
    """Pairs stay possible while pairs run. Raises FormInUse."""
    if set(units_of(rules_of(programme))) <= set(units_of(rules)):
        return
    busy = [PlaceState.PROPOSED.value, PlaceState.MATCHED.value]
    if Enrolment.objects.filter(programme=programme, state__in=busy).exists():
        raise FormInUse()


def _require_present(template: OwnTemplate) -> None:
    if template.retired_on is not None:
        raise Retired()


def _drafts(plan: Plan) -> Any:
    return SettingsDraft.objects.filter(**_of(plan))


def _of(plan: Plan) -> dict[str, Any]:
    return {"programme": plan} if isinstance(plan, Programme) else {"own_template": plan}
