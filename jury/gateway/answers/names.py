"""The names of fields as models write them."""

import unicodedata


def plain_name(written: str) -> str:
    """A field's name in plain small letters: `Choice`, ` choice ` and `ｃｈｏｉｃｅ` are one name."""
    return unicodedata.normalize("NFKC", written).strip().casefold()
