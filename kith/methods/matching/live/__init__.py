"""A solved round that people change, always the best over all pairs: `Live`."""

from kith.methods.matching.live.base import Live, PairExplanation
from kith.methods.matching.live.change import Change
from kith.methods.matching.live.priced import PricedLive
from kith.methods.matching.live.solved import SolvedLive

__all__ = ["Change", "Live", "PairExplanation", "PricedLive", "SolvedLive"]
