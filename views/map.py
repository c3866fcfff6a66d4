"""The start page: filters, list, map and details."""

from views.language import translator
from views.linked import component, linked

linked(component("atlas_explorer", "explorer/index.js"), "explorer", translator())
