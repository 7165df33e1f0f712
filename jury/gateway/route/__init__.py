"""The way to real models: one try at a time through LiteLLM."""
