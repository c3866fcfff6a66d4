"""The page Projects: the filters of the map beside charts and a table of the same rows."""

from geo.dataset import shared
from layers.published import digest
from layers.row_table import build_row_table
from views.language import translator as current_translator
from views.linked import component, linked

translator = current_translator()
linked(
    component("atlas_projects", "projects/index.js"),
    "projects",
    translator,
    more={"table": digest(build_row_table(shared(), translator.lang))},
)
