"""The component tags. Arguments are typed; one that a component does not know fails the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template import Context, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kith.web import components, keeping, panels
from kith.web.charts import Picture, svg
from kith.web.forms import Renderer, dress, error_links
from kith.web.today import Kind, TodayLine
from kith.web.words import Text

register = template.Library()

ICONS = Path(__file__).resolve().parent.parent / "icons"
KIND_ICONS = {
    Kind.CALL: "phone",
    Kind.WAIT: "people",
    Kind.NOTICE: "alert",
    Kind.PLAN: "check",
    Kind.WRITE: "pen",
}
HEADING_LEVELS = (1, 2, 3, 4)


def _render(component: str, **values: Any) -> SafeString:
    return render_to_string(f"web/components/{component}.html", values)


def _trimmed(content: str) -> SafeString:
    # What stands between the tags was rendered by this page: it is escaped already.
    return mark_safe(content.strip())  # noqa: S308


def _one_of(tag: str, argument: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        known = ", ".join(allowed)
        raise TemplateSyntaxError(f"{tag}: {argument} is {value!r}, known are {known}")


def _text(tag: str, argument: str, value: object) -> None:
    if not isinstance(value, Text):
        raise TemplateSyntaxError(f"{tag}: {argument} must be text, not {type(value).__name__}")


@cache
def _drawing(name: str) -> str:
    file = ICONS / f"{name}.svg"
    if not file.is_file():
        raise TemplateSyntaxError(f"icon: there is no picture {name!r} in kith/web/icons")
    return file.read_text(encoding="utf-8").strip().removeprefix("<svg ")


@register.simple_tag
def icon(name: str, *, label: Text = "") -> SafeString:
    """A pictogram; with a label it is read aloud, without one it is decoration."""
    voice = f'role="img" aria-label="{escape(str(label))}"' if label else 'aria-hidden="true"'
    # The drawing is one of our own files and the label is escaped.
    return mark_safe(f'<svg class="icon-kith" focusable="false" {voice} {_drawing(name)}')  # noqa: S308


@register.simple_block_tag(end_name="endcard")
def card(
    content: str,
    *,
    title: Text = "",
    text: Text = "",
    action_label: Text = "",
    action_url: str = "",
    level: int = 2,
    flush: bool = False,
    id: str = "",  # noqa: A002 - named as in HTML
) -> SafeString:
    """A white card. flush lets a list or table reach its edges."""
    _text("card", "title", title)
    return _render(
        "card",
        content=content,
        title=title,
        text=text,
        action_label=action_label,
        action_url=action_url,
        heading=f"h{level}",
        flush=flush,
        id=id,
    )


@register.simple_block_tag(end_name="endpagehead")
def pagehead(content: str, *, title: Text, context: Text = "") -> SafeString:
    """The heading of a page with one line of context; the content holds its buttons."""
    _text("pagehead", "title", title)
    return _render("pagehead", content=_trimmed(content), title=title, context=context)


@register.simple_block_tag(end_name="endcrumbs")
def crumbs(content: str) -> SafeString:
    """The way back up, made of {% crumb %} lines."""
    return _render("crumbs", content=content)


@register.simple_tag
def crumb(label: Text, url: str = "") -> SafeString:
    return _render("crumb", label=label, url=url)


@register.simple_block_tag(end_name="endalert")
def alert(content: str, *, tone: components.Tone = "info", title: Text = "") -> SafeString:
    """A notice in the page: calm, info, warn (a person is needed) or good."""
    _one_of("alert", "tone", tone, components.TONES)
    return _render(
        "alert", content=content, tone=tone, title=title, icon_name=components.TONE_ICONS[tone]
    )


@register.simple_tag
def emptystate(
    title: Text,
    text: Text = "",
    action_url: str = "",
    action_label: Text = "",
    *,
    icon: str = "bridge",
) -> SafeString:
    """What to do first where nothing is here yet."""
    return _render(
        "emptystate",
        title=title,
        text=text,
        action_url=action_url,
        action_label=action_label,
        icon_name=icon,
    )


@register.simple_tag
def status(label: Text, *, tone: components.Tone = "calm") -> SafeString:
    """A small word on a state. The word says it, the colour only helps."""
    _one_of("status", "tone", tone, components.TONES)
    return _render("status", label=label, tone=tone)


@register.simple_tag
def field(
    bound: BoundField,
    *,
    unit: Text = "",
    label: Text = "",
    help: Text = "",  # noqa: A002
) -> SafeString:
    """One field: label above, help below it, errors at it, all of them tied to it."""
    if not isinstance(bound, BoundField):
        raise TemplateSyntaxError("field: give the field of a form, such as form.name")
    if label:
        bound.label = str(label)
    if help:
        bound.help_text = str(help)
    # Forms of libraries come undressed; dressing twice changes nothing.
    dress([bound.field])
    return bound.render(
        template_name="web/components/field.html",
        renderer=Renderer(),
        context={"field": bound, "unit": unit, "is_single_check": _is_single_check(bound)},
    )


def _is_single_check(bound: BoundField) -> bool:
    return getattr(bound.field.widget, "input_type", "") == "checkbox" and not bound.use_fieldset


@register.simple_tag
def errorsummary(form: BaseForm) -> SafeString:
    """All errors of a form on top of it; takes the focus when there are any."""
    return _render("errorsummary", errors=error_links(form))


@register.simple_block_tag(takes_context=True, end_name="endformpage")
def formpage(  # noqa: PLR0913 - a form page has this many parts
    context: Context,
    content: str,
    *,
    form: BaseForm | None = None,
    submit: Text,
    action: str = "",
    cancel_url: str = "",
    note: Text = "",
    name: str = "",
    value: str = "",
    form_id: str = "",
) -> SafeString:
    """A form with its summary of errors, its token and a save bar that stays in reach.

    form_id  for a second button outside of it, which says so with its attribute `form`
    """
    values = {
        "content": content,
        "form": form,
        "submit": submit,
        "action": action,
        "cancel_url": cancel_url,
        "note": note,
        "name": name,
        "value": value,
        "form_id": form_id,
        "csrf_token": context.get("csrf_token", ""),
        "kept_for": keeping.token(getattr(context.get("request"), "actor", None)),
        "is_upload": form is not None and form.is_multipart(),
    }
    return _render("formpage", **values)


@register.simple_tag(takes_context=True)
def postbutton(
    context: Context,
    url: str,
    label: Text,
    *,
    kind: str = "plain",
    name: str = "",
    value: str = "",
    icon: str = "",
    voice: Text = "",
) -> SafeString:
    """One act behind one button: a small form of its own, so that it works everywhere.

    kind   plain, main (the one next step of a page) or quiet
    voice  what a screen reader says where the label alone does not say whom it concerns
    """
    _one_of("postbutton", "kind", kind, ("plain", "main", "quiet"))
    return _render(
        "postbutton",
        url=url,
        label=label,
        kind=kind,
        name=name,
        value=value,
        icon_name=icon,
        voice=voice,
        csrf_token=context.get("csrf_token", ""),
    )


@register.simple_block_tag(end_name="endtable")
def table(content: str, *, caption: Text, show_caption: bool = False) -> SafeString:
    """A table with its caption; write <thead> and <tbody>. On a phone each row becomes a card
    when its cells carry data-label."""
    _text("table", "caption", caption)
    return _render("table", content=content, caption=caption, show_caption=show_caption)


@register.simple_tag
def chart(picture: Picture) -> SafeString:
    """A picture with its title, drawn for a wide page and for a phone, and the table behind it."""
    if not isinstance(picture, Picture):
        raise TypeError(f"chart: a Picture is needed, not {picture!r}")
    # What is drawn is escaped where it is drawn.
    drawings = [
        {
            "size": size,
            "width": round(drawing.width),
            "height": round(drawing.height),
            "parts": mark_safe(svg(drawing)),  # noqa: S308
        }
        for size, drawing in (("wide", picture.wide), ("narrow", picture.narrow))
    ]
    rows = [list(zip(picture.head, row, strict=True)) for row in picture.rows]
    return _render("chart", picture=picture, drawings=drawings, rows=rows)


@register.simple_block_tag(end_name="endrows")
def rows(content: str, *, label: Text) -> SafeString:
    """A list of {% row %} lines; the arrow keys walk through it."""
    return _render("rows", content=content, label=label)


@register.simple_block_tag(end_name="endrow")
def row(
    content: str,
    *,
    url: str,
    title: Text,
    context: Text = "",
    when: Text = "",
    icon: str = "",
) -> SafeString:
    """One line of a list, opened by the whole line; the content holds states and small notes."""
    return _render(
        "row",
        content=_trimmed(content),
        url=url,
        title=title,
        context=context,
        when=when,
        icon_name=icon,
    )


@register.simple_tag
def filters(items: Sequence[components.Filter], *, label: Text) -> SafeString:
    return _render("filters", items=items, label=label)


@register.simple_tag
def listsearch(
    *, name: str = "q", value: str = "", label: Text, keep: Mapping[str, str] | None = None
) -> SafeString:
    """The search above a list; keep carries the present filter along."""
    return _render("listsearch", name=name, value=value, label=label, keep=keep or {})


@register.simple_tag
def todo(line: TodayLine, *, is_main: bool = False) -> SafeString:
    """One line of Today: picture, what, why, one button."""
    if not isinstance(line, TodayLine):
        raise TemplateSyntaxError("todo: give a kith.web.today.TodayLine")
    return _render("todo", line=line, icon_name=KIND_ICONS[line.kind], is_main=is_main)


@register.simple_tag
def timeline(events: Sequence[components.Event], today: date) -> SafeString:
    """The history of a record, newest first as it is given."""
    return _render("timeline", events=events, today=today)


@register.simple_tag
def ladder(
    label: Text,
    *,
    now: int | None,
    before: int | None = None,
    word: Text = "",
    word_before: Text = "",
    icon: str = "",
) -> SafeString:
    """One domain of a ladder: five steps, those at the start, those gained since, and the words."""
    return _render(
        "ladder",
        label=label,
        rungs=components.rungs(now, before),
        word=word,
        word_before=word_before,
        has_moved=before is not None and now is not None and before != now,
        icon_name=icon,
        is_known=now is not None,
    )


@register.simple_tag
def keyset_pager(
    *, next_url: str = "", first_url: str = "", shown: int | None = None
) -> SafeString:
    """Onward and back to the start; long lists have no page numbers."""
    return _render("keyset_pager", next_url=next_url, first_url=first_url, shown=shown)


@register.simple_tag
def pager(page: Page[Any]) -> SafeString:
    """Pages of a short list, such as the errors of one import."""
    return _render("pager", page=page)


@register.simple_block_tag(end_name="endfacts")
def facts(content: str) -> SafeString:
    """Short facts of a record, made of {% fact %} lines."""
    return _render("facts", content=content)


@register.simple_block_tag(end_name="endfact")
def fact(content: str, *, label: Text) -> SafeString:
    return _render("fact", content=_trimmed(content), label=label)


@register.simple_tag
def steps(labels: Sequence[Text], current: int) -> SafeString:
    """Where someone is in an act of several pages; the first step is 1."""
    now = labels[current - 1]
    return _render("steps", labels=labels, current=current, total=len(labels), now=now)


@register.simple_tag(takes_context=True, name="panels")
def panel_slot(context: Context, slot: str, subject: object = None) -> SafeString:
    """Sections that other rooms plug into this page; each has a link where no script runs."""
    actor = getattr(context.get("request"), "actor", None)
    links = panels.panels_for(actor, slot, subject) if actor else []
    return _render("panels", panels=links)
