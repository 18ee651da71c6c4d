"""An instrument as plain values that can be kept as JSON, and back. Nothing is lost on the way."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from kith.methods.instruments.schema import (
    Choice,
    Instrument,
    Item,
    Kind,
    Licence,
    Published,
    Scale,
    Span,
)

Plain = dict[str, Any]


def to_plain(instrument: Instrument) -> Plain:
    """The instrument as dictionaries, lists and texts; what is as usual is left out."""
    found = _sparse(instrument)
    found["items"] = [_item(item) for item in instrument.items]
    found["choices"] = {
        name: [_sparse(one) for one in choices] for name, choices in instrument.choices.items()
    }
    if instrument.licence:
        found["licence"] = _sparse(instrument.licence)
    found["scales"] = [_scale(scale) for scale in instrument.scales]
    return found


def from_plain(plain: Plain) -> Instrument:
    """The instrument that `to_plain` wrote. Raises TypeError, KeyError, ValueError."""
    return Instrument(
        **{key: plain[key] for key in ("id", "version", "title", "default_language")},
        languages=tuple(plain["languages"]),
        items=tuple(map(_item_back, plain["items"])),
        choices={
            name: tuple(Choice(**one) for one in choices)
            for name, choices in plain["choices"].items()
        },
        licence=Licence(**plain["licence"]) if "licence" in plain else None,
        scales=tuple(map(_scale_back, plain["scales"])),
    )


def _sparse(record: Any) -> Plain:
    """The fields that differ from what is usual, as JSON knows them."""
    found = {}
    for one in fields(record):
        value = getattr(record, one.name)
        if value is None or value == one.default:
            continue
        if isinstance(value, Mapping):
            value = dict(value)
        if value or one.name in {"id", "version", "text"}:
            found[one.name] = list(value) if isinstance(value, tuple) else value
    return found


def _item(item: Item) -> Plain:
    found = {**_sparse(item), "name": item.name, "kind": item.kind.value, "row": item.row}
    if item.span:
        found["span"] = _sparse(item.span)
    if item.items:
        found["items"] = [_item(inner) for inner in item.items]
    return found


def _item_back(plain: Plain) -> Item:
    special = {
        "kind": Kind(plain["kind"]),
        "span": Span(**plain["span"]) if "span" in plain else None,
        "items": tuple(map(_item_back, plain.get("items", ()))),
    }
    return Item(**{**plain, **special})


def _scale(scale: Scale) -> Plain:
    found = {**_sparse(scale), "reverse": sorted(scale.reverse)}
    for key in ("reliability", "standard_deviation"):
        figure = getattr(scale, key)
        if figure:
            found[key] = {"value": figure.value, "source": figure.source}
    return found


def _scale_back(plain: Plain) -> Scale:
    special: Plain = {"items": tuple(plain["items"]), "reverse": frozenset(plain["reverse"])}
    for key in ("reliability", "standard_deviation"):
        special[key] = Published(**plain[key]) if key in plain else None
    return Scale(**{**plain, **special})
