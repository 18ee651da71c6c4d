"""Facts that matching announces. Rooms above listen in their wiring, in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kith.gate.actor import Actor


@dataclass(frozen=True)
class PairAgreed:
    """Both sides said yes. `actor` is the one whose yes, or whose note of it, came last."""

    actor: Actor
    proposal_id: UUID
    at: datetime
