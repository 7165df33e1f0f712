"""When what a run is to show is nowhere in its source."""

from jury.errors import InputError


class NothingShownError(InputError):
    """No case of the source has the parts that are wanted."""
