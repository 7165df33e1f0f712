"""Who speaks before jurors vote again. Every module in this folder is imported: a new forum is one new file."""

from jury.courtroom import Said
from jury.forums.floor import Floor
from jury.forums.registry import FORUMS, check_forum, forum, heard_in, hold, speeches_of
from jury.registry import import_folder

__all__ = ["FORUMS", "Floor", "Said", "check_forum", "forum", "heard_in", "hold", "speeches_of"]

import_folder(__name__, __path__)
