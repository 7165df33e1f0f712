"""Techniques whose queries become several items. Every module in this folder is imported: a new one is one new file."""
