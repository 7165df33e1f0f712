"""The ledger: what was paid for is kept, and a run can be derived from it again."""

from jury.ledger.store import Ledger

__all__ = ["Ledger"]
