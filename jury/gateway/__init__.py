"""The one door to every model: requests in, typed replies out, every finished call in the ledger."""
