"""kith agreement: how far people who rated the same fictional cases agree."""

import argparse
from collections.abc import Callable, Iterator
from math import isfinite
from pathlib import Path
from typing import Any

from kith.config.commands.answers import add_json, answer
from kith.config.problems import CommandFailed
from kith.methods.agreement.alpha import krippendorff_alpha
from kith.methods.agreement.files import BadRatings, File, read_ratings
from kith.methods.agreement.icc import Icc, icc
from kith.methods.agreement.interval import DRAWS, Interval, bootstrap
from kith.methods.agreement.kappa import (
    fleiss_kappa,
    linear,
    mean_weighted_kappa,
    percent_agreement,
    quadratic,
    unequal,
)
from kith.methods.agreement.ratings import Level, NoVariation, Ratings, TooFew, Uneven

DONE = 0
WEIGHTS = {"none": unequal, "linear": linear, "quadratic": quadratic}
WORDS = {
    "percent_agreement": "equal pairs of ratings",
    "weighted_kappa": "weighted kappa, mean over pairs of raters",
    "fleiss_kappa": "Fleiss' kappa",
    "krippendorff_alpha": "Krippendorff's alpha",
}

Figure = Callable[[Ratings[Any]], float]


class BadFile(CommandFailed):
    def __init__(self, path: Path, said: str) -> None:
        super().__init__(f"{path.name}: {said}")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Reads a CSV file with a line for each case and a column for each rater, empty where "
        "nobody rated, and prints how far the raters agree. Made for training on made-up cases."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the ratings")
    parser.add_argument(
        "--level",
        choices=[one.value for one in Level],
        default=Level.ORDINAL.value,
        help="whether values only differ, have an order, or are numbers (ordinal)",
    )
    parser.add_argument(
        "--order", metavar="A,B,C", default="", help="words from the lowest to the highest"
    )
    parser.add_argument(
        "--no-names", action="store_true", help="the first line is a case, not the raters' names"
    )
    parser.add_argument(
        "--weights",
        choices=list(WEIGHTS),
        help="of the weighted kappa (quadratic; none for nominal values)",
    )
    parser.add_argument("--seed", type=int, default=0, help="of the bootstrap intervals (0)")
    parser.add_argument(
        "--draws", type=_draws, default=DRAWS, help=f"of the bootstrap; 0 leaves it out ({DRAWS})"
    )
    add_json(parser)


def _draws(written: str) -> int:
    if written.isascii() and written.isdecimal() and int(written) <= 100_000:
        return int(written)
    raise argparse.ArgumentTypeError("it is a whole number up to 100000")


def run(options: argparse.Namespace) -> int:
    level = Level(options.level)
    file = _read(options, level)
    found: dict[str, Any] = {
        "cases": len(file.codes.rows),
        "rated_twice": len(file.codes.given()),
        "raters": list(file.raters),
        "level": level.value,
        "values": list(file.scale),
        **_figures(file, level, options),
        "icc": _icc(file, level),
        "draws": options.draws,
        "seed": options.seed,
    }
    answer(found, _sentences(found), as_json=options.json)
    return DONE


def _read(options: argparse.Namespace, level: Level) -> File:
    order = [one.strip() for one in options.order.split(",") if one.strip()]
    try:
        return read_ratings(
            options.file.read_bytes(), level=level, order=order, with_names=not options.no_names
        )
    except OSError as fault:
        said = f"It cannot be read ({fault.strerror or 'unknown'})."
        raise BadFile(options.file, said) from fault
    except BadRatings as fault:
        raise BadFile(options.file, str(fault)) from fault


def _figures(file: File, level: Level, options: argparse.Namespace) -> dict[str, Any]:
    usual = "none" if level is Level.NOMINAL else "quadratic"
    apart, levels = WEIGHTS[options.weights or usual], len(file.scale)
    figures: dict[str, tuple[Ratings[Any], Figure]] = {
        "percent_agreement": (file.codes, percent_agreement),
        "weighted_kappa": (
            file.codes,
            lambda one: mean_weighted_kappa(one, levels=levels, apart=apart),
        ),
        "fleiss_kappa": (file.codes, fleiss_kappa),
        "krippendorff_alpha": (file.values, lambda one: krippendorff_alpha(one, level)),
    }
    return {name: _told(*one, options) for name, one in figures.items()}


def _told(ratings: Ratings[Any], figure: Figure, options: argparse.Namespace) -> dict[str, Any]:
    """The figure with its interval, or why there is none."""
    try:
        value = figure(ratings)
    except (NoVariation, TooFew, Uneven) as fault:
        return {"value": None, "why_not": str(fault)}
    within: Interval | None = None
    if options.draws:
        within = bootstrap(ratings, figure, seed=options.seed, draws=options.draws)
    bounds = {"lower": within.lower, "upper": within.upper} if within else {}
    return {"value": value, **bounds}


def _icc(file: File, level: Level) -> dict[str, Any]:
    if level is not Level.INTERVAL:
        return {"value": None, "why_not": "It is for numbers: --level interval."}
    try:
        found = icc(file.values)
    except (NoVariation, TooFew, Uneven) as fault:
        return {"value": None, "why_not": str(fault)}
    figures = {name: getattr(found, name) for name in Icc.__slots__}
    # Where the cases do not differ at all, the means of raters have no figure.
    return {name: value if isfinite(value) else None for name, value in figures.items()}


def _sentences(found: dict[str, Any]) -> Iterator[str]:
    yield f"{found['cases']} cases, {len(found['raters'])} raters, {found['level']} values."
    for name, words in WORDS.items():
        yield f"{words}: {_said(found[name])}"
    coefficients = found["icc"]
    if "why_not" in coefficients:
        yield f"intraclass correlation: none. {coefficients['why_not']}"
        return
    for name, value in coefficients.items():
        said = "none" if value is None else f"{value:.3f}"
        yield f"intraclass correlation, {name.replace('_', ' ')}: {said}"


def _said(one: dict[str, Any]) -> str:
    if one["value"] is None:
        return f"none. {one['why_not']}"
    within = f" ({one['lower']:.3f} to {one['upper']:.3f})" if "lower" in one else ""
    return f"{one['value']:.3f}{within}"
