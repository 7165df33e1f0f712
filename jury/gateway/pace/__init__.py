"""How fast a model may be asked: limits, adaptive concurrency, a circuit breaker."""
