"""Roles: the personas jurors take on, read from the library's cards."""

from jury.prompt_files import load_card, require_languages
from jury.records import Role
from prompts import Library


def load_role(name: str, library: Library) -> Role:
    """The role of that name, in every language of the library's templates.

    Raises `InputError` for an unknown role (with the known ones), and for a card with an unknown or missing key
    or a missing language (with its file).
    """
    role, where = load_card(Role, "role", name, library)
    require_languages(role.title, library, f"{where}: field `title`")
    require_languages(role.persona, library, f"{where}: field `persona`")
    return role
