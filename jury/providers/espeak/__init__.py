"""Speech without a key: espeak-ng, whose library and voices a wheel brings along."""

from jury.providers.espeak import provider

__all__ = ["provider"]
