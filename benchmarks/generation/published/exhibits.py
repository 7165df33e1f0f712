"""Images as items show them: their query's first panel, or what a technique makes of all of them."""

from collections.abc import Sequence

from benchmarks.generation.published.entries import ImageOf
from jury.errors import InputError
from jury.media import MediaStore, inspect_image
from jury.records import Cause, MediaRef
from jury.variants import Item


def images_in(store: MediaStore) -> ImageOf:
    """How an item's image is made: transformed ones are put into the store; a failure is a cause, never an exception."""

    def image_of(item: Item, panels: Sequence[MediaRef]) -> MediaRef | Cause:
        if item.combine is None:
            return panels[0]
        try:
            data = item.combine([store.read(panel) for panel in panels])
        except (InputError, ValueError, OSError) as error:
            return Cause(kind="broken", detail=f"the image of {item.id} can't be made: {error}"[:500])
        made = inspect_image(data)
        if isinstance(made, MediaRef):
            store.put(data, made)
        return made

    return image_of
