"""Guides for meetings: the library by phase, one guide, and its page for participants."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.commands import check
from kith.gate.roles import Role
from kith.programmes.permissions import READ_GUIDES
from kith.programmes.rules import Guide, GuideKey, Stage, all_guides, load_guide, template_words
from kith.programmes.rules.sentences import language
from kith.programmes.rules.words import STAGE_NAMES, STAGE_WORDS
from kith.web.acts import actor_of
from kith.web.components import Filter
from kith.web.papers import Bullets, Heading, Paper, Paragraph, paper_answer
from kith.web.words import and_list

PAGE_LANGUAGES = ("en", "pl", "ar")
ICONS = (
    "language",
    "work",
    "learning",
    "housing",
    "health",
    "people",
    "offices",
    "belonging",
)


@dataclass(frozen=True)
class Shelf:
    """The guides of one phase."""

    key: str
    title: str
    text: str
    guides: list[dict[str, object]]


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """All guides by phase; participants see their own short pages."""
    actor = actor_of(request)
    check(actor, READ_GUIDES)
    if _reads_own_pages(actor):
        pages = [_line(guide) for guide in all_guides()]
        return render(request, "programmes/my_guides.html", {"guides": pages})
    number = _domain(request.GET.get("domain", ""))
    page = {"shelves": _shelves(number), "filters": _filters(number), "language": _text_language()}
    return render(request, "programmes/guides.html", page)


@require_GET
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """One guide: for mentors and staff the whole, for participants their page."""
    actor, found = actor_of(request), _guide_or_404(key)
    check(actor, READ_GUIDES)
    if _reads_own_pages(actor):
        return _participant_page(request, found)
    page = {
        **_line(found),
        "guide": found,
        "told": _told(found),
        "stages": and_list([str(STAGE_NAMES[stage]) for stage in found.stages]),
        "domains": and_list(_domain_names(found)),
        "language": _text_language(),
        "page_languages": _page_languages(),
    }
    return render(request, "programmes/guide.html", page)


@require_GET
def participant_page(request: HttpRequest, key: str) -> HttpResponse:
    """The page for participants, as they see it, in one of its languages."""
    check(actor_of(request), READ_GUIDES)
    return _participant_page(request, _guide_or_404(key))


@require_GET
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The page for participants on paper, in the language asked for."""
    actor, found = actor_of(request), _guide_or_404(key)
    check(actor, READ_GUIDES)
    code = _language_asked(request)
    with override(code):
        own = found.participant
        paper = Paper(
            title=found.title.say(code),
            context=_("For participants"),
            language=code,
            organisation=str(actor.organisation),
            on=clock.today(),
            parts=[
                Paragraph(own.lead.say(code), "lead"),
                Bullets([point.say(code) for point in own.points]),
                Heading(_("Where there is help")),
                Paragraph(own.help.say(code)),
            ],
        )
        return paper_answer(paper, name=key.replace("_", "-"))


def _participant_page(request: HttpRequest, found: Guide) -> HttpResponse:
    code = _language_asked(request)
    own = found.participant
    page = {
        "guide": found,
        "icon": _icon(found),
        "title": found.title.say(code),
        "lead": own.lead.say(code),
        "points": [point.say(code) for point in own.points],
        "help": own.help.say(code),
        "language": code,
        "direction": "rtl" if code == "ar" else "ltr",
        "is_own": _reads_own_pages(actor_of(request)),
        "page_languages": _page_languages(),
    }
    return render(request, "programmes/guide_page.html", page)


def _reads_own_pages(actor: Actor) -> bool:
    return not actor.is_staff and not actor.has(Role.MENTOR, Role.GROUP_LEAD)


def _guide_or_404(key: str) -> Guide:
    try:
        return load_guide(GuideKey(key))
    except ValueError as fault:
        raise Http404 from fault


def _language_asked(request: HttpRequest) -> str:
    """The language in the address, else that of the page, else English."""
    asked = request.GET.get("language", language())
    return asked if asked in PAGE_LANGUAGES else PAGE_LANGUAGES[0]


def _text_language() -> str:
    """In which language the texts for mentors stand: they have no Arabic words."""
    return language() if language() in ("en", "pl") else "en"


def _domain(text: str) -> int | None:
    """The domain an address names by its number."""
    return int(text) if text in {str(number) for number in range(1, 9)} else None


def _shelves(domain: int | None) -> list[Shelf]:
    found = [one for one in all_guides() if domain is None or domain in one.domains]
    shelves = [
        Shelf(
            stage.value,
            str(STAGE_NAMES[stage]),
            str(STAGE_WORDS[stage]),
            [_line(one) for one in found if stage in one.stages],
        )
        for stage in Stage
    ]
    return [shelf for shelf in shelves if shelf.guides]


def _filters(current: int | None) -> list[Filter]:
    names = [label.name.say(language()) for label in template_words().domains]
    some = [
        Filter(label=name, url=f"?domain={number}", is_current=number == current)
        for number, name in enumerate(names, start=1)
    ]
    return [Filter(label=_("Everything"), url="?", is_current=current is None), *some]


def _line(found: Guide) -> dict[str, object]:
    return {
        "url": reverse("programmes:guide", args=[found.key.value]),
        "title": found.title.say(language()),
        "short": found.in_short.say(language()),
        "minutes": _minutes(found.minutes),
        "icon": _icon(found),
        "lead": found.participant.lead.say(language()),
    }


def _minutes(number: int) -> str:
    return ngettext("%(number)d minute", "%(number)d minutes", number) % {"number": number}


def _icon(found: Guide) -> str:
    return ICONS[found.domains[0] - 1] if len(found.domains) < len(ICONS) else "goal"


def _domain_names(found: Guide) -> list[str]:
    names = template_words().domains
    return [names[number - 1].name.say(language()) for number in found.domains]


def _told(found: Guide) -> dict[str, object]:
    """The texts of a guide in the language of the page."""
    said = language()
    return {
        "why": found.why.say(said),
        "otherwise": found.otherwise.say(said),
        "needs": [one.say(said) for one in found.needs],
        "steps": [(_minutes(step.minutes), step.text.say(said)) for step in found.steps],
        "words": [one.say(said) for one in found.words],
        "avoid": [one.say(said) for one in found.avoid],
        "elsewhere": [one.say(said) for one in found.elsewhere],
        "sources": [(one.name, one.fact.say(said)) for one in found.sources],
    }


def _page_languages() -> list[tuple[str, str]]:
    return [(code, str(get_language_info(code)["name_local"])) for code in PAGE_LANGUAGES]
