"""Who is matched with whom now, and what changed since it was last noted."""

from collections.abc import Iterable
from typing import NamedTuple

from kith.methods.matching.flow import NOBODY
from kith.methods.matching.live.proof import Proof, changed


class Step(NamedTuple):
    """One row that changed its column; NOBODY stands for none."""

    row: int
    leaves: int
    takes: int
    fit: int


class Matches:
    """The matches of a proof, with their sums.

    holders, fits  column (or NOBODY) and fit of each row
    """

    def __init__(self, proof: Proof) -> None:
        self._proof = proof
        rows = proof.network.rows
        self._chosen = proof.network.net.choice.copy()
        self.holders, self.fits = [NOBODY] * rows, [0] * rows
        self.matched = self.fit = self.value = 0
        self.note(self.steps(range(rows)))

    def steps(self, rows: Iterable[int]) -> list[Step]:
        """What has changed; rows that were locked, unlocked or let go must be named."""
        network = self._proof.network
        some = {*changed(network.net.choice, self._chosen), *rows}
        found = []
        for row in sorted(some):
            pair = network.held_pair(row)
            takes = NOBODY if pair == NOBODY else int(network.net.column[pair])
            if takes != self.holders[row]:
                averted = int(self._proof.averted[row])
                fit = 0 if pair == NOBODY else int(network.worth[pair]) - averted
                found.append(Step(row, self.holders[row], takes, fit))
        return found

    def sums(self, steps: Iterable[Step]) -> tuple[int, int, int]:
        """Differences of value, number and fit."""
        value = matched = fit = 0
        for step in steps:
            gained = step.fit - self.fits[step.row]
            number = (step.takes != NOBODY) - (step.leaves != NOBODY)
            value += gained + number * int(self._proof.averted[step.row])
            matched, fit = matched + number, fit + gained
        return value, matched, fit

    def note(self, steps: Iterable[Step]) -> None:
        """This is how things are now."""
        steps = list(steps)
        value, matched, fit = self.sums(steps)
        self.value, self.matched, self.fit = (
            self.value + value,
            self.matched + matched,
            self.fit + fit,
        )
        for step in steps:
            self.holders[step.row], self.fits[step.row] = step.takes, step.fit
        self._chosen = self._proof.network.net.choice.copy()

    def add_row(self) -> None:
        """One row more, without a match."""
        self.holders.append(NOBODY)
        self.fits.append(0)
        self._chosen = self._proof.network.net.choice.copy()
