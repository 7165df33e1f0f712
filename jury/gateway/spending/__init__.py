"""What calls may cost: prices, lengths, and the budget that stops a run."""
