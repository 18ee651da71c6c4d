"""A solved round that people change, always the best over all pairs: `Live`."""

from kith.methods.matching.live.change import Change
from kith.methods.matching.live.round import Live

__all__ = ["Change", "Live"]
