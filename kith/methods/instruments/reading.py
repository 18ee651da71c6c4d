"""What became of a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from kith.methods.instruments.findings import Finding, InstrumentRefused
from kith.methods.instruments.schema import Instrument


@dataclass(frozen=True, slots=True)
class Reading:
    """An instrument with notes, or no instrument and the reasons."""

    instrument: Instrument | None
    findings: tuple[Finding, ...]

    @classmethod
    def of(cls, instrument: Instrument | None, findings: Iterable[Finding]) -> "Reading":
        """The instrument, unless a finding refuses it."""
        found = tuple(findings)
        refused = any(one.refuses for one in found)
        return cls(None if refused else instrument, found)

    @property
    def refusals(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.refuses)

    @property
    def notes(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if not one.refuses)

    def taken(self) -> Instrument:
        """The instrument. Raises InstrumentRefused with the reasons."""
        if self.instrument is None:
            raise InstrumentRefused(self.refusals)
        return self.instrument
