"""The settings of a programme or an own template: read, change part by part, look, put in force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.actor import Actor
from kith.programmes import commands, queries
from kith.programmes.forms import PART_FORMS
from kith.programmes.forms.parts import Plan
from kith.programmes.models import OwnTemplate, Programme, SettingsDraft
from kith.programmes.rules import ProgrammeTemplate, load_template, rules_of
from kith.programmes.rules.changes import Difference, differences, of_part
from kith.programmes.rules.settings import PART_NAMES, Part
from kith.web.acts import actor_of, done
from kith.web.forms import KithForm


@dataclass(frozen=True)
class Subject:
    """What the settings belong to, with its draft and the acts that fit it."""

    kind: str
    plan: Programme | OwnTemplate
    draft: SettingsDraft | None

    @property
    def is_template(self) -> bool:
        """Whether it is an own template."""
        return isinstance(self.plan, OwnTemplate)

    @property
    def name(self) -> str:
        """The name as it would be with the draft."""
        return self.draft.name if self.draft else self.plan.name

    @property
    def rules(self) -> ProgrammeTemplate:
        """The settings as they would be with the draft."""
        return rules_of(self.draft or self.plan)

    @property
    def is_overtaken(self) -> bool:
        """Whether other settings came into force after the draft was begun."""
        return self.draft is not None and self.draft.number != self.plan.number

    @property
    def is_open(self) -> bool:
        """Whether anything can be changed at all."""
        if isinstance(self.plan, OwnTemplate):
            return self.plan.retired_on is None
        return self.plan.closed_on is None

    def url(self, name: str = "settings", *more: str) -> str:
        """An address of these settings."""
        return reverse(f"programmes:{name}", args=[self.kind, self.plan.pk, *more])


@require_GET
def overview(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Everything that is set, part by part, with what a draft would change."""
    subject = subject_or_404(request, kind, pk)
    parts = [
        {"key": part.value, "title": PART_NAMES[part], "settings": of_part(part, subject.rules)}
        for part in Part
    ]
    page = {**_page(subject), "parts": parts, "changes": _changes(subject)}
    return render(request, "programmes/settings.html", page)


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, kind: str, pk: UUID, key: str) -> HttpResponse:
    """One part of the settings; what is typed is kept as a draft."""
    actor, subject, here = actor_of(request), subject_or_404(request, kind, pk), _part(key)
    if not subject.is_open:
        raise Http404
    plan = Plan(subject.name, subject.rules, is_template=subject.is_template)
    form = PART_FORMS[here](request.POST or None, plan=plan)
    if request.method == "POST" and done(form, lambda: _save(actor, subject, form.cleaned_data)):
        return redirect(_after(subject, here, is_done="done" in request.POST))
    page = {
        **_page(subject),
        "form": form,
        "title": PART_NAMES[here],
        "steps": [PART_NAMES[one] for one in Part],
        "step": list(Part).index(here) + 1,
        "is_last": here is list(Part)[-1],
    }
    return render(request, "programmes/part.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """What a draft changes and for whom; then it is put into force."""
    actor, subject, today = actor_of(request), subject_or_404(request, kind, pk), clock.today()
    form = KithForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and done(form, lambda: _put_in_force(actor, subject)):
        messages.success(request, _("The changes are in force."))
        return redirect(_home(subject))
    page = {
        **_page(subject),
        "form": form,
        "changes": _changes(subject),
        "brings": _brings(subject, today),
    }
    return render(request, "programmes/changes.html", page, status=422 if form.errors else 200)


@require_POST
def drop(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """Throw a draft away."""
    actor, subject = actor_of(request), subject_or_404(request, kind, pk)
    if isinstance(subject.plan, Programme):
        commands.drop_programme_draft(actor, programme=subject.plan)
    else:
        commands.drop_template_draft(actor, template=subject.plan)
    messages.success(request, _("The draft was thrown away. Everything is as it was."))
    return redirect(subject.url())


@require_GET
def history(request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
    """How it was set before, with what changed each time."""
    subject = subject_or_404(request, kind, pk)
    found = queries.versions(subject.plan)
    lines = []
    for version, before in zip(found, [*found[1:], None], strict=True):
        changed = differences(before.rules, version.rules) if before else []
        renamed = before.name if before and before.name != version.name else ""
        lines.append(
            {
                "version": version,
                "since": _day(version.since),
                "changes": changed,
                "renamed": renamed,
                "is_first": before is None,
            }
        )
    return render(request, "programmes/history.html", {**_page(subject), "lines": lines})


def subject_or_404(request: HttpRequest, kind: str, pk: UUID) -> Subject:
    """A programme or own template whose settings this actor may change."""
    actor = actor_of(request)
    rows: dict[str, Callable[[Actor], Any]] = {
        "programme": queries.adaptable,
        "template": queries.own_templates,
    }
    if kind not in rows:
        raise Http404
    plan = get_object_or_404(rows[kind](actor), pk=pk)
    return Subject(kind, plan, queries.draft_of(plan))


def _page(subject: Subject) -> dict[str, Any]:
    """What every page of settings shows."""
    house = load_template(subject.plan.template_key)
    return {
        "subject": subject,
        "plan": subject.plan,
        "draft": subject.draft,
        "home_url": _home(subject),
        "settings_url": subject.url(),
        "changes_url": subject.url("changes"),
        "drop_url": subject.url("drop"),
        "history_url": subject.url("history"),
        "today": clock.today(),
        "draft_day": _day(subject.draft.changed_at) if subject.draft else None,
        "newer_version": subject.is_template and house.version != subject.plan.template_version,
    }


def _home(subject: Subject) -> str:
    if subject.is_template:
        return subject.url()
    return reverse("programmes:programme", args=[subject.plan.pk])


def _after(subject: Subject, here: Part, *, is_done: bool) -> str:
    """Where saving a part leads: to the next part, or to the page of settings."""
    parts = list(Part)
    following = parts[parts.index(here) + 1 :]
    return subject.url() if is_done or not following else subject.url("part", following[0].value)


def _save(actor: Actor, subject: Subject, typed: dict[str, Any]) -> None:
    name, rules, now = typed["name"], typed["rules"], clock.now()
    if isinstance(subject.plan, Programme):
        commands.draft_programme(actor, programme=subject.plan, name=name, rules=rules, now=now)
    else:
        commands.draft_template(actor, template=subject.plan, name=name, rules=rules, now=now)


def _put_in_force(actor: Actor, subject: Subject) -> None:
    now = clock.now()
    if isinstance(subject.plan, Programme):
        commands.put_programme_in_force(actor, programme=subject.plan, now=now)
    else:
        commands.put_template_in_force(actor, template=subject.plan, now=now)


def _changes(subject: Subject) -> list[Difference]:
    return differences(rules_of(subject.plan), subject.rules) if subject.draft else []


def _brings(subject: Subject, today: date) -> list[str]:
    if subject.draft is None or not isinstance(subject.plan, Programme):
        return []
    return queries.consequences(subject.plan, rules_of(subject.plan), subject.rules, today=today)


def _part(key: str) -> Part:
    try:
        return Part(key)
    except ValueError as fault:
        raise Http404 from fault


def _day(moment: datetime | date) -> date:
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment
