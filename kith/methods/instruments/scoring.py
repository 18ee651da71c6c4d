"""What a scale gives for one person's own answers; only that person's line over time uses it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kith.methods.instruments.findings import Finding
from kith.methods.instruments.schema import Instrument, Item, Kind, Scale

TRANSFORM = re.compile(
    r"(?P<how>mean|sum)(?:\*(?P<factor>\d+(?:\.\d+)?))?(?P<addend>[+-]\d+(?:\.\d+)?)?"
)


class NotAScore(ValueError):
    """The scale cannot be worked out for this instrument; its file should have been refused."""


def score(instrument: Instrument, scale: Scale, answers: Mapping[str, str]) -> float | None:
    """The figure of a scale; None when an item of it has no answer."""
    values = [_value(instrument, scale, name, answers.get(name, "")) for name in scale.items]
    known = [value for value in values if value is not None]
    match = TRANSFORM.fullmatch(scale.transform.replace(" ", ""))
    if match is None:
        raise NotAScore(scale.transform)
    if len(known) < len(values):
        return None
    raw = sum(known) / (len(known) if match["how"] == "mean" else 1)
    return raw * float(match["factor"] or 1) + float(match["addend"] or 0)


def bounds(instrument: Instrument, scale: Scale) -> tuple[float, float]:
    """The smallest and largest figure a scale can give. Raises NotAScore."""
    least, most = ({name: at(instrument, name) for name in scale.items} for at in (_least, _most))
    found = (score(instrument, replace(scale, reverse=frozenset()), one) for one in (least, most))
    low, high = (0.0 if one is None else one for one in found)
    return low, high


def _least(instrument: Instrument, name: str) -> str:
    return min(_written(instrument, name), key=float)


def _most(instrument: Instrument, name: str) -> str:
    return max(_written(instrument, name), key=float)


def _written(instrument: Instrument, name: str) -> list[str]:
    if not _codes(instrument, instrument.item(name)):
        raise NotAScore(name)
    return [one.code for one in instrument.choices[instrument.item(name).choices]]


def _value(instrument: Instrument, scale: Scale, name: str, answer: str) -> float | None:
    if not answer:
        return None
    codes = _codes(instrument, instrument.item(name))
    if not codes or float(answer) not in codes:
        raise NotAScore(name)
    return min(codes) + max(codes) - float(answer) if name in scale.reverse else float(answer)


def _codes(instrument: Instrument, item: Item) -> list[float]:
    """The codes of an item as numbers; none when one of them is not."""
    if item.kind is not Kind.SELECT_ONE:
        return []
    written = [choice.code for choice in instrument.choices.get(item.choices, ())]
    return [float(code) for code in written] if all(map(_is_number, written)) else []


def _is_number(code: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d+)?", code, re.ASCII) is not None


def scale_findings(instrument: Instrument) -> Iterator[Finding]:
    """What is wrong in the scales of a pack."""
    names = {item.name for item in instrument.walk()}
    for at, scale in enumerate(instrument.scales, start=1):
        for name in (*scale.items, *sorted(scale.reverse)):
            place = names if name in scale.items else frozenset(scale.items)
            if name not in place:
                params: dict[str, str | int] = {"scale": scale.key, "name": name}
                yield Finding("scale_item_missing", params, "scales", at, "items")
            elif name in names and not _codes(instrument, instrument.item(name)):
                yield Finding("scale_not_numeric", {"name": name}, "scales", at, "items")
        if TRANSFORM.fullmatch(scale.transform.replace(" ", "")) is None:
            params = {"key": "transform", "needs": "mean, sum, or one of them as in sum*4"}
            yield Finding("key_wrong", params, "scales", at, "transform")
        yield from _published_findings(scale, at)


def _published_findings(scale: Scale, at: int) -> Iterator[Finding]:
    figures = {
        "reliability": (scale.reliability, 1.0),
        "standard_deviation": (scale.standard_deviation, float("inf")),
    }
    both_or_none = len({figure is None for figure, _ in figures.values()}) == 1
    for key, (figure, below) in figures.items():
        if figure is None:
            if not both_or_none:
                yield Finding("key_missing", {"key": key}, "scales", at, key)
            continue
        if not 0 < figure.value < below:
            params: dict[str, str | int] = {"key": key, "needs": "a number that can be true"}
            yield Finding("key_wrong", params, "scales", at, key)
        if not figure.source:
            yield Finding("change_source_missing", {"key": key}, "scales", at, f"{key}_source")
