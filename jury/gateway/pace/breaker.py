"""When a model is out of service: a circuit breaker as a pure state machine.

    closed ──(so many calls failed in a row)──► open ──(cooldown)──► half-open ──(answered)──► closed
                                                  ▲                      └──(failed)──► open

Pattern: M. Nygard, "Release It!" (2007), "Circuit Breaker".
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fuse:
    """How many calls in a row may fail for good before a model is out of service, and for how many seconds it is."""

    failures: int = 10
    cooldown: float = 30.0


@dataclass(frozen=True)
class Circuit:
    """One model's circuit: closed while `opened_at` is None; half-open while one call probes an open one."""

    failures: int = 0
    opened_at: float | None = None
    probing: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the model is out of service, probed or not."""
        return self.opened_at is not None


def admits(circuit: Circuit, now: float, fuse: Fuse) -> bool:
    """Whether a call may go through: any while closed, one probe once an open circuit has cooled down."""
    return circuit.opened_at is None or (not circuit.probing and now >= circuit.opened_at + fuse.cooldown)


def entered(circuit: Circuit) -> Circuit:
    """The circuit once a call that it admits is on its way."""
    return replace(circuit, probing=True) if circuit.is_open else circuit


def failed(circuit: Circuit, now: float, fuse: Fuse) -> Circuit:
    """The circuit after a call that failed for good."""
    failures = circuit.failures + 1
    if circuit.probing or (not circuit.is_open and failures >= fuse.failures):
        return Circuit(failures=failures, opened_at=now)
    return replace(circuit, failures=failures)


def answered() -> Circuit:
    """The circuit after any answer: whatever was before, the model is in service."""
    return Circuit()


def abandoned(circuit: Circuit) -> Circuit:
    """The circuit after a call that ended without telling anything: the next one may probe."""
    return replace(circuit, probing=False)
