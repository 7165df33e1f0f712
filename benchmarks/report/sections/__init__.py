"""The parts of a report. Every module in this folder is imported: a new part is one new file and its template."""

from jury.registry import import_folder

import_folder(__name__, __path__)
