"""Letters at the end of a match: fixed sentences and own words, kept, and given as files."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kith.base import clock
from kith.gate.actor import Actor
from kith.gate.permissions import allows
from kith.matching.rules.words import called
from kith.mentoring.models import Match, MatchMember
from kith.papers import commands, forms, queries
from kith.papers.models import Letter
from kith.papers.permissions import MAKE_LETTERS
from kith.papers.rules.letters import LETTER_LANGUAGES, TO, LetterKind, letter_text
from kith.papers.views.letter_file import letter_file
from kith.papers.views.shared import around, language, match_or_404
from kith.people.rules import Side
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of, done
from kith.web.papers import paper_answer

NAMES = {
    LetterKind.ACHIEVEMENT: "letter-of-achievement",
    LetterKind.CLOSING: "closing-letter",
    LetterKind.THANKS: "thank-you",
    LetterKind.SERVICE: "certificate-of-service",
}


@dataclass(frozen=True)
class LetterLine:
    """A letter that is there or may be made."""

    title: str
    name: str
    kind: str
    person_id: UUID
    letter: Letter | None
    may_make: bool


@require_GET
def letters(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letters of a match: those that are there, and those one may make."""
    match, actor = match_or_404(request, pk), actor_of(request)
    page = {
        **around(match),
        "lines": _lines(actor, match),
        "is_staff_side": allows(actor, MAKE_LETTERS, match),
    }
    return render(request, "papers/letters.html", page)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, pk: UUID, kind: str, person: UUID) -> HttpResponse:
    """Write and make one letter, or make it anew."""
    match, actor = match_or_404(request, pk), actor_of(request)
    line = _line_or_404(actor, match, kind, person)
    words = letter_text(LetterKind(kind)).words
    is_own_kind = kind == LetterKind.ACHIEVEMENT.value
    member = next(one for one in queries.everybody(match) if one.person_id == person)
    form = forms.LetterForm(
        request.POST or None,
        label=words.say(language()) if words else "",
        goals=queries.reached_goals(match) if is_own_kind else [],
        languages=[(code, language_name(code)) for code in LETTER_LANGUAGES],
        initial=_initial(line, member),
    )
    if request.method == "POST" and done(
        form, lambda: _make(actor, match, member, LetterKind(kind), form)
    ):
        messages.success(request, _("The letter is made. It can be opened and printed."))
        return redirect("papers:letters", match.pk)
    page = {
        **around(match),
        "form": form,
        "title": line.title,
        "name": line.name,
        "is_own_kind": is_own_kind,
    }
    return render(request, "papers/letter.html", page, status=422 if form.errors else 200)


@require_GET
def pdf(request: HttpRequest, pk: UUID, letter: UUID) -> HttpResponse:
    """A letter as a file, in the language of the one it is for."""
    match = match_or_404(request, pk)
    row = get_object_or_404(queries.letters_of(actor_of(request), match), pk=letter)
    member = next(one for one in queries.everybody(match) if one.person_id == row.person_id)
    made = letter_file(row, member, minutes=queries.minutes_together(match, member))
    return paper_answer(made, name=NAMES[LetterKind(row.kind)])


def _lines(actor: Actor, match: Match) -> list[LetterLine]:
    there = {(row.kind, row.person_id): row for row in queries.letters_of(actor, match)}
    makes_all = allows(actor, MAKE_LETTERS, match)
    found = []
    for member in queries.everybody(match):
        for kind in LetterKind:
            if Side(member.side) not in TO[kind]:
                continue
            letter = there.get((kind.value, member.person_id))
            own = kind is LetterKind.ACHIEVEMENT and member.person.user_id == actor.user_id
            if letter or makes_all or own:
                found.append(
                    LetterLine(
                        title=letter_text(kind).title.say(language()),
                        name=called(member.person),
                        kind=kind.value,
                        person_id=member.person_id,
                        letter=letter,
                        may_make=makes_all or own,
                    )
                )
    return found


def _line_or_404(actor: Actor, match: Match, kind: str, person: UUID) -> LetterLine:
    for line in _lines(actor, match):
        if line.kind == kind and line.person_id == person and line.may_make:
            return line
    raise Http404


def _initial(line: LetterLine, member: MatchMember) -> dict[str, object]:
    spoken = str(member.person.language or "")
    first = spoken if spoken in LETTER_LANGUAGES else "en"
    if line.letter is None:
        return {"language": first}
    return {
        "language": line.letter.language,
        "words": str(line.letter.words),
        "goals": [],
    }


def _make(
    actor: Actor, match: Match, member: MatchMember, kind: LetterKind, form: forms.LetterForm
) -> Letter:
    titles = dict(queries.reached_goals(match))
    given = form.values()
    chosen = [titles[key] for key in given.pop("goals") if key in titles]
    if allows(actor, MAKE_LETTERS, match):
        return commands.make_letter(
            actor,
            match=match,
            person=member.person,
            kind=kind,
            goals=chosen,
            today=clock.today(),
            **given,
        )
    return commands.write_own_letter(
        actor, match=match, person=member.person, goals=chosen, today=clock.today(), **given
    )
