"""Techniques as the prompt library knows them."""

from jury.prompt_files import load_card, require_languages
from jury.records import Technique
from prompts import Library


def load_technique(name: str, library: Library) -> Technique:
    """The technique of that name, in every language of the library. Raises `InputError` that names the file or the known ones."""
    technique, where = load_card(Technique, "technique", name, library)
    require_languages(technique.title, library, f"{where}: field `title`")
    require_languages(technique.guidance, library, f"{where}: field `guidance`")
    if technique.image:
        require_languages(technique.image, library, f"{where}: field `image`")
    return technique
