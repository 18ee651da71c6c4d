"""How a round shall be solved: weights and gates as people set them, stored with every run."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from kith.methods.matching.problem import SWITCHABLE, Gate, Gates, Weights
from kith.methods.matching.settings import Settings, Waiting
from kith.programmes.rules import HardCriterion, ProgrammeTemplate, SoftCriterion

MOST_WEIGHT = 50
"""The right end of a slider; only the proportions between sliders matter."""
MOST_FLOOR = 60
"""The highest floor that can be set, in hundredths of the best fit."""
WAITING_STEPS = {"little": 500, "some": 2_000, "much": 8_000}
"""How much a day of waiting counts when the last places are short, in points of fit."""

GATES = {
    HardCriterion.SHARED_LANGUAGE: Gate.LANGUAGE,
    HardCriterion.WITHIN_DISTANCE: Gate.RANGE,
    HardCriterion.COMMON_TIMES: Gate.AVAILABILITY,
    HardCriterion.GOAL_AREA: Gate.TOPICS,
}
"""Hard criteria of a programme and the gate of the engine that each of them stands for."""
ALIKE = frozenset({SoftCriterion.AGE_BAND, SoftCriterion.LIFE_SITUATION})
"""Soft criteria for which age counts; without them it does not."""

Objective = Literal["sum", "leximin"]


def usual_weights() -> dict[str, int]:
    """The weights of the engine as whole numbers of a slider."""
    return {name: int(weight) for name, weight in vars(Weights()).items()}


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What people set before a round is solved.

    weights    criterion → 0..MOST_WEIGHT
    gates_off  soft rules that do not stand in this round, sorted
    floor      0..MOST_FLOOR, hundredths: no pair that fits less is proposed
    objective  "sum": best for all together; "leximin": the worst served first
    waiting    a key of WAITING_STEPS
    """

    weights: dict[str, int] = field(default_factory=usual_weights)
    gates_off: tuple[str, ...] = ()
    floor: int = 0
    objective: Objective = "sum"
    waiting: str = "some"

    @classmethod
    def of_templates(cls, templates: Iterable[ProgrammeTemplate]) -> "Wishes":
        """What the programmes of a round ask for: a gate stands when one of them wants it."""
        known = list(templates)
        hard = {criterion for one in known for criterion in one.criteria.hard}
        soft = {criterion for one in known for criterion in one.criteria.soft}
        weights = usual_weights()
        if not ALIKE & soft:
            weights["age"] = 0
        off = (gate.value for criterion, gate in GATES.items() if criterion not in hard)
        return cls(weights=weights, gates_off=tuple(sorted(off)))

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Wishes":
        """What a run keeps of them; the usual ones for what an older run did not keep."""
        usual = cls()
        return cls(
            weights={**usual.weights, **stored.get("weights", {})},
            gates_off=tuple(sorted(stored.get("gates_off", ()))),
            floor=int(stored.get("floor", 0)),
            objective=stored.get("objective", "sum"),
            waiting=stored.get("waiting", "some"),
        )

    def stored(self) -> dict[str, Any]:
        """The wishes as plain values."""
        return {**asdict(self), "gates_off": list(self.gates_off)}

    @property
    def engine_weights(self) -> Weights:
        """The weights as the engine takes them. Raises BadProblem when all are 0."""
        return Weights(**self.weights)

    @property
    def engine_gates(self) -> Gates:
        """The gates as the engine takes them; those that protect somebody always stand."""
        return Gates(off=frozenset(Gate(one) for one in self.gates_off) & SWITCHABLE)

    def engine_settings(self, *, seed: int) -> Settings:
        """Objective, floor, waiting and seed as the engine takes them."""
        return Settings(
            objective=self.objective,
            floor=self.floor / 100,
            waiting=Waiting(per_day=WAITING_STEPS[self.waiting]),
            seed=seed,
        )
