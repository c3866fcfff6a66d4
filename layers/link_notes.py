"""What of a link of the pages Access and Indicators was not used, in words."""

from collections.abc import Sequence

from geo.link import Note
from layers.locale import Translator


def page_notes(found: Sequence[Note], page: str, translator: Translator) -> tuple[str, ...]:
    """Return a sentence for each note, which says what the parameter is and what it may be.

    `page` is access or indicator: the messages are `<page>.note.<key>`. The value of a note comes
    from whoever made the link: draw it as text, never as markup.
    """
    return tuple(translator.t(f"{page}.note.{note.key}", value=note.value) for note in found)
