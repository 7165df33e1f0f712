"""Protocols and trials as pictures that stand alone."""
