"""The shell of a page that is a file of its own and asks nobody for anything."""

from pathlib import Path

from markupsafe import Markup

from layers.locale import Translator

_FOLDER = Path(__file__).parent


def file_page(title: str, body: Markup, translator: Translator, *, style: str) -> str:
    """Return a whole HTML page: its title as heading, then the body.

    Parameters
    ----------
    title, body
        What it is called, and what stands below.
    translator
        Its language.
    style
        Name of the style sheet beside this module that comes after `file_page.css`.
    """
    sheets = [(_FOLDER / name).read_text(encoding="utf-8") for name in ("file_page.css", style)]
    return Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width"><title>{}</title>'
        "<style>{}</style></head><body><main><h1>{}</h1>{}</main></body></html>\n"
    ).format(
        translator.lang,
        title,
        Markup("".join(sheets)),  # noqa: S704 - our own files
        title,
        body,
    )
