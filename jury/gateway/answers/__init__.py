"""What a model is asked to answer in, and the reading of what comes back."""
