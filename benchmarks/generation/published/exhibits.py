"""Images as items show them: their query's, or what a technique makes of it."""

from benchmarks.generation.published.entries import ImageOf
from benchmarks.generation.published.items import Item
from jury.errors import InputError
from jury.media import MediaStore, inspect_image
from jury.records import Cause, MediaRef


def images_in(store: MediaStore) -> ImageOf:
    """How an item's image is made: transformed ones are put into the store; a failure is a cause, never an exception."""

    def image_of(item: Item, image: MediaRef) -> MediaRef | Cause:
        if item.transform is None:
            return image
        try:
            data = item.transform(store.read(image))
        except (InputError, ValueError, OSError) as error:
            return Cause(kind="broken", detail=f"the image of {item.id} can't be changed: {error}"[:500])
        made = inspect_image(data)
        if isinstance(made, MediaRef):
            store.put(data, made)
        return made

    return image_of
