"""Drawing a domain map, one domain a screen, and looking at it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.people.models import Person
from kith.progress import commands, forms, queries
from kith.progress.permissions import MAKE_MAP
from kith.progress.queries import Maps, Picture
from kith.progress.rules import Domain, all_domains
from kith.web.acts import actor_of, done
from kith.web.charts import stairs, svg
from kith.web.charts.stairs import HEIGHT as STAIRS_HEIGHT
from kith.web.charts.stairs import WIDTH as STAIRS_WIDTH
from kith.web.papers import (
    Cell,
    Column,
    Heading,
    Ladder,
    Paper,
    Paragraph,
    Part,
    Table,
    paper_answer,
    written,
)


@dataclass(frozen=True)
class Way:
    """Where the screens of one map lie: on one's own pages or on someone's record."""

    person: Person
    is_own: bool

    @property
    def whole(self) -> str:
        """The page with all maps."""
        if self.is_own:
            return reverse("progress:mine")
        return reverse("progress:person", args=[self.person.pk])

    @property
    def picture(self) -> str:
        """The page with all times as one picture."""
        if self.is_own:
            return reverse("progress:my_way")
        return reverse("progress:way", args=[self.person.pk])

    def screen(self, domain: Domain) -> str:
        """The screen of one domain."""
        if self.is_own:
            return reverse("progress:my_domain", args=[domain.key])
        return reverse("progress:domain", args=[self.person.pk, domain.key])

    def opened(self, domain: Domain) -> str:
        """Where today's answer in a domain is taken out again."""
        if self.is_own:
            return reverse("progress:my_domain_open", args=[domain.key])
        return reverse("progress:domain_open", args=[self.person.pk, domain.key])

    def after(self, domain: Domain) -> str:
        """The next screen, or the whole map after the last."""
        following = all_domains()[domain.number : domain.number + 1]
        return self.screen(following[0]) if following else self.whole

    def before(self, domain: Domain) -> str:
        """The screen before, or the whole map before the first."""
        if domain.number == 1:
            return self.whole
        return self.screen(all_domains()[domain.number - 2])


@require_GET
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Section and page: someone's newest map, and the earlier ones."""
    row = get_object_or_404(queries.people_to_see(actor_of(request)), pk=pk)
    return _whole(request, Way(row, is_own=False))


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """A participant's own map."""
    return _whole(request, Way(_own_or_404(request), is_own=True))


@require_GET
def one_map(request: HttpRequest, pk: UUID, made_on: str) -> HttpResponse:
    """One map on its own, to read or print."""
    row, picture = _map_or_404(request, pk, made_on)
    is_own = row == queries.own_record(actor_of(request))
    page = {"person": row, "picture": picture, "way": Way(row, is_own)}
    return render(request, "progress/one_map.html", page)


@require_GET
def map_pdf(request: HttpRequest, pk: UUID, made_on: str) -> HttpResponse:
    """One map as a file."""
    row, picture = _map_or_404(request, pk, made_on)
    return paper_answer(_map_paper(row, picture), name="domain-map")


@require_GET
def my_way(request: HttpRequest) -> HttpResponse:
    """All one's own maps as one picture."""
    return _way(request, Way(_own_or_404(request), is_own=True))


@require_GET
def way(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All maps of somebody as one picture."""
    row = get_object_or_404(queries.people_to_see(actor_of(request)), pk=pk)
    return _way(request, Way(row, is_own=False))


@require_http_methods(["GET", "POST"])
def domain(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """One domain with someone: five sentences, one of which fits best today."""
    row = get_object_or_404(queries.people_to_map(actor_of(request)), pk=pk)
    return _screen(request, Way(row, is_own=False), _domain_or_404(key))


@require_http_methods(["GET", "POST"])
def my_domain(request: HttpRequest, key: str) -> HttpResponse:
    """One domain alone."""
    return _screen(request, Way(_own_or_404(request), is_own=True), _domain_or_404(key))


@require_POST
def domain_open(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Take today's answer out again."""
    row = get_object_or_404(queries.people_to_map(actor_of(request)), pk=pk)
    return _leave_open(request, Way(row, is_own=False), _domain_or_404(key))


@require_POST
def my_domain_open(request: HttpRequest, key: str) -> HttpResponse:
    """Take one's own answer of today out again."""
    return _leave_open(request, Way(_own_or_404(request), is_own=True), _domain_or_404(key))


def _whole(request: HttpRequest, way: Way) -> HttpResponse:
    actor = actor_of(request)
    maps = queries.maps_of(actor, person=way.person)
    page: dict[str, Any] = {
        "person": way.person,
        "way": way,
        "picture": maps.picture(maps.made[0], _language()) if maps.made else None,
        "earlier": _earlier(way, maps),
        "begin": way.screen(all_domains()[0]),
        "may_make": allows(actor, MAKE_MAP, way.person),
        "may_be_mapped": queries.may_be_mapped(way.person),
        "is_of_today": bool(maps.made) and maps.made[0].made_on == clock.today(),
        "person_url": reverse("people:person", args=[way.person.pk]),
        "today": clock.today(),
    }
    template = "progress/mine.html" if way.is_own else "progress/person.html"
    return render(request, template, page)


def _way(request: HttpRequest, where: Way) -> HttpResponse:
    found = queries.maps_of(actor_of(request), person=where.person).way(_language())
    if not found.times:
        raise Http404
    page = {
        "person": where.person,
        "way": where,
        "times": found.times,
        "domains": [
            (one, mark_safe(svg(stairs(one.places, mirrored=get_language_bidi()))))  # noqa: S308
            for one in found.domains
        ],
        "width": STAIRS_WIDTH,
        "height": STAIRS_HEIGHT,
    }
    return render(request, "progress/way.html", page)


def _earlier(way: Way, maps: Maps) -> list[tuple[str, Any]]:
    return [
        (reverse("progress:map", args=[way.person.pk, one.made_on.isoformat()]), one.made_on)
        for one in maps.made[1:]
    ]


def _map_or_404(request: HttpRequest, pk: UUID, made_on: str) -> tuple[Person, Picture]:
    row = get_object_or_404(queries.people_to_see(actor_of(request)), pk=pk)
    maps = queries.maps_of(actor_of(request), person=row)
    made = next((one for one in maps.made if one.made_on.isoformat() == made_on), None)
    if made is None:
        raise Http404
    return row, maps.picture(made, _language())


def _map_paper(row: Person, picture: Picture) -> Paper:
    """The map as on the page: eight domains, each by itself, and the person's own words."""
    lines: list[list[Cell]] = [
        [line.name, Ladder(line.step or _("Not chosen yet"), line.now, line.before), line.says]
        for line in picture.lines
    ]
    columns = [Column(_("Domain"), 2), Column(_("Now"), 1.5), Column(_("What fits"), 3)]
    said: list[Part] = [Heading(_("In my own words"))] if picture.own_words else []
    for line in picture.own_words:
        said += [Heading(line.name, level=3), Paragraph(written(line.words), "said")]
    legend = _("Light green: further than last time. Dashed: harder now.")
    return Paper(
        title=_("Domain map"),
        context=written(row.name),
        language=_language(),
        organisation=str(row.organisation),
        on=picture.made.made_on,
        parts=[
            Table(columns, lines),
            *([Paragraph(legend, "quiet")] if picture.is_compared else []),
            *said,
        ],
        note=_("Every step was chosen by the person."),
    )


def _screen(request: HttpRequest, way: Way, chosen: Domain) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    answer = queries.answer_of_today(actor, person=way.person, domain=chosen.key, today=today)
    initial = {"step": answer.step, "words": answer.words} if answer else {}
    form = forms.StepForm(
        request.POST or None, domain=chosen, language=_language(), initial=initial
    )
    if request.method == "POST" and _saved(actor, way.person, chosen, form):
        if chosen == all_domains()[-1]:
            messages.success(request, _("The map is drawn. It can be changed until tonight."))
        return redirect(way.after(chosen))
    page = {
        "person": way.person,
        "way": way,
        "form": form,
        "number": chosen.number,
        "total": len(all_domains()),
        "name": chosen.name.say(_language()),
        "icon": chosen.pictogram.key,
        "indicators": [one.text.say(_language()) for one in chosen.indicators],
        "after": way.after(chosen),
        "before": way.before(chosen),
        "opened": way.opened(chosen) if answer else "",
        "trail": [(one.number <= chosen.number) for one in all_domains()],
    }
    return render(request, "progress/domain.html", page)


def _saved(actor: Actor, person: Person, chosen: Domain, form: forms.StepForm) -> bool:
    return done(
        form,
        lambda: commands.choose_step(
            actor,
            person=person,
            domain=chosen.key,
            today=clock.today(),
            now=clock.now(),
            **form.cleaned_data,
        ),
    )


def _leave_open(request: HttpRequest, way: Way, chosen: Domain) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    commands.leave_open(actor, person=way.person, domain=chosen.key, today=today)
    return redirect(way.after(chosen))


def _language() -> str:
    return get_language() or "en"


def _own_or_404(request: HttpRequest) -> Person:
    row = queries.own_record(actor_of(request))
    if row is None:
        raise Http404
    return row


def _domain_or_404(key: str) -> Domain:
    found = next((one for one in all_domains() if one.key == key), None)
    if found is None:
        raise Http404
    return found
