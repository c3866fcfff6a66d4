"""The start page: filters, list, map and details."""

from views.explorer import explorer
from views.language import translator

explorer(translator())
