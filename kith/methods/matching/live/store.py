"""A live round as bytes: arrays only, so that it is back at once."""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.live.growing import GrowingNetwork
from kith.methods.matching.live.people import KnownScores, People
from kith.methods.matching.live.proof import Proof
from kith.methods.matching.network import Pairs
from kith.methods.matching.problem import BadProblem, Problem
from kith.methods.matching.profile import (
    Index,
    Ints,
    PersonArrays,
    Vocabulary,
    mentor_arrays,
    vocabulary,
)

Arrays = dict[str, NDArray[Any]]
SIDES = ("participants", "mentors")


class Saved(NamedTuple):
    """A live round that was saved."""

    proof: Proof
    unmatched_loss: int
    usual_bonus: int


def pack(proof: Proof, given: list[str], *, unmatched_loss: int, usual_bonus: int) -> bytes:
    """A proof as bytes; `given` says in which order its participants are named outside."""
    people, network = proof.people, proof.network
    rows = np.array(sorted(people.rows.values()), dtype=np.int64)
    place = {one: number for number, one in enumerate(given)}
    mentors = people.problem.mentors
    arrays: Arrays = {
        "digest": digest(given, [mentors[one].id for one in np.argsort(people.column_order)]),
        "numbers": np.array([unmatched_loss, usual_bonus, proof.floor]),
        "words": np.frombuffer(_listed_words(people.words), dtype=np.uint8),
        "row_order": np.array([place[people.participant(row)] for row in rows.tolist()]),
        "column_order": people.column_order,
        "averted": proof.averted[rows],
        "rejected": _cells(people.rejected, rows),
        "excluded": _cells(people.excluded, rows),
        **_packed_people("participants", people.scores.participants, rows.tolist()),
        **_packed_people("mentors", people.mentors, slice(None)),
        **_packed_network(network, proof.averted, rows),
    }
    out = io.BytesIO()
    small: Any = {name: _small(one) for name, one in arrays.items()}
    np.savez_compressed(out, **small)
    return out.getvalue()


def unpack(problem: Problem, saved: bytes) -> Saved:
    """The proof that was saved. Raises BadProblem when it was saved for other people."""
    with np.load(io.BytesIO(saved), allow_pickle=False) as found:
        arrays = _with_marks({name: found[name] for name in found.files})
    ids = [[one.id for one in people] for people in (problem.participants, problem.mentors)]
    if (arrays["digest"] != digest(*ids)).any():
        raise BadProblem("this was saved for other people, or for these in another order")
    people = _people(problem, arrays)
    loss, usual_bonus, floor = (int(one) for one in arrays["numbers"])
    averted = arrays["averted"].astype(np.int64)
    network = _network(arrays, averted)
    for cells in (arrays["rejected"], arrays["excluded"]):
        network.shut_cells(cells.astype(np.int64))
    network.shut_below(averted + floor)
    for row, column in arrays["locked"].tolist():
        network.keep(row, column)
    proof = Proof(people, network, averted, floor=floor)
    proof.survey()
    return Saved(proof, unmatched_loss=loss, usual_bonus=usual_bonus)


def digest(participants: Iterable[str], mentors: Iterable[str]) -> NDArray[np.uint8]:
    """Of all ids in their order."""
    text = json.dumps([list(participants), list(mentors)])
    return np.frombuffer(hashlib.blake2b(text.encode(), digest_size=16).digest(), dtype=np.uint8)


def _people(problem: Problem, arrays: Arrays) -> People:
    in_order = replace(
        problem,
        participants=[problem.participants[one] for one in arrays["row_order"].tolist()],
        mentors=[problem.mentors[one] for one in arrays["column_order"].tolist()],
        decisions=(),
    )
    participants, mentors = (_side(arrays, name) for name in SIDES)
    scores = KnownScores(in_order, participants, mentors, _by_row(arrays["excluded"]))
    lists = json.loads(arrays["words"].tobytes())
    words = {name: {one: number for number, one in enumerate(some)} for name, some in lists.items()}
    rejected = {row: columns.tolist() for row, columns in _by_row(arrays["rejected"]).items()}
    order = arrays["column_order"].astype(np.int64)
    return People(scores, rejected, column_order=order, words=Vocabulary(**words))


def _network(arrays: Arrays, averted: Ints) -> GrowingNetwork:
    counts = arrays["counts"].astype(np.int64)
    start = np.concatenate([[0], np.cumsum(counts)])
    worth = arrays["fit"].astype(np.int64) + np.repeat(averted, counts)
    pairs = Pairs(start, arrays["column"].astype(np.int32), worth)
    wide = {name: arrays[name].astype(np.int64) for name in ("capacity", "prices", "holders")}
    network = GrowingNetwork(pairs, wide["capacity"], arrays["added"].astype(np.int64))
    network.stand(wide["prices"], wide["holders"], arrays["queues"].astype(np.int64))
    return network


def _packed_network(network: GrowingNetwork, averted: Ints, rows: Ints) -> Arrays:
    """Listed pairs, who holds what, and in which order; rows that left are left out."""
    net, pairs = network.net, network.listed_pairs()
    row, column, worth = (np.asarray(one)[pairs] for one in (net.row, net.column, network.worth))
    stays = np.isin(row, rows)
    row, column, fit = row[stays], column[stays], (worth - averted[row])[stays]
    number = np.full(network.rows, NOBODY)
    number[rows] = np.arange(len(rows))
    locked = [(int(number[one]), network.column_of(one)) for one in sorted(network.locked)]
    holders = network.holders[rows]
    holders[[one for one, _ in locked]] = NOBODY
    return {
        "counts": np.bincount(number[row], minlength=len(rows)),
        "column": column,
        "fit": fit,
        "added": _places(network.added, row, column, len(net.price)),
        "capacity": np.asarray(net.capacity),
        "prices": network.prices,
        "holders": holders,
        "queues": number[np.array(network.queues(), dtype=np.int64)],
        "locked": np.array(locked, dtype=np.int64).reshape(-1, 2),
    }


def _places(added: list[tuple[int, int]], row: Ints, column: Ints, columns: int) -> Ints:
    """Where pairs that were added stand in the list; those of rows that left are left out."""
    keys = row.astype(np.int64) * columns + column
    order = np.argsort(keys)
    wanted = np.array([one * columns + two for one, two in added], dtype=np.int64)
    at = np.searchsorted(keys[order], wanted)
    found = np.append(keys[order], -1)[at] == wanted
    places: Ints = order[at[found]]
    return places


def _packed_people(side: str, arrays: PersonArrays, some: Index) -> Arrays:
    return {f"{side}.{name}": table for name, table in vars(arrays.take(some)).items()}


def _with_marks(arrays: Arrays) -> Arrays:
    """Rounds of an earlier Kith have no marks: nobody required or had any."""
    nobody = {
        f"{side}.marks": np.zeros((len(arrays[f"{side}.online"]), 0), dtype=np.int16)
        for side in SIDES
    }
    return nobody | arrays


def _side(arrays: Arrays, side: str) -> PersonArrays:
    kinds = vars(mentor_arrays([], vocabulary([], [])))
    tables: Any = {
        name: arrays[f"{side}.{name}"].astype(kind.dtype, copy=False)
        for name, kind in kinds.items()
    }
    return PersonArrays(**tables)


def _cells(columns: Mapping[int, Iterable[int]], rows: Ints) -> Ints:
    """Row and column of each cell, rows numbered as in the save."""
    number = {row: at for at, row in enumerate(rows.tolist())}
    cells = [
        (number[row], int(column))
        for row in sorted(columns)
        if row in number
        for column in sorted(columns[row])
    ]
    return np.array(cells, dtype=np.int64).reshape(-1, 2)


def _by_row(cells: NDArray[Any]) -> dict[int, Ints]:
    found: dict[int, list[int]] = {}
    for row, column in cells.tolist():
        found.setdefault(row, []).append(column)
    return {row: np.array(columns, dtype=np.int64) for row, columns in found.items()}


def _listed_words(words: Vocabulary) -> bytes:
    lists = {name: sorted(one, key=one.__getitem__) for name, one in vars(words).items()}
    return json.dumps(lists, ensure_ascii=False).encode()


def _small(table: NDArray[Any]) -> NDArray[Any]:
    """The same numbers in as few bytes as hold them."""
    if table.dtype == bool:
        return table
    if not table.size:
        return table.astype(np.uint8)
    needed = np.promote_types(np.min_scalar_type(table.min()), np.min_scalar_type(table.max()))
    return table.astype(needed if needed.kind in "iu" else np.int64)
