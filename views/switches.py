"""Lines of switches: links that put a condition into the link of a page, or take it out."""

from markupsafe import Markup


def switch(text: str, href: str, *, key: str, on: bool, possible: bool = True) -> Markup:
    """Return one switch; one that would show nothing stays in its place and leads nowhere.

    Whoever has pressed a switch by keyboard stays on it (static/explorer/focus.js): `key` is its
    name, the only one on the page.
    """
    own_id = f"switch-{key}"
    if not possible:
        return Markup('<li><span id="{}" class="switch none" tabindex="-1">{}</span></li>').format(
            own_id, text
        )
    return Markup(
        '<li><a id="{0}" class="switch" href="{1}" target="_self" data-then="{0}"{2}>{3}</a></li>'
    ).format(own_id, href, Markup(' aria-current="true"') if on else "", text)


def line(title: str, *options: Markup) -> Markup:
    """Return switches in a line under their title."""
    return Markup(
        '<div class="switch-line"><h2 class="switch-title">{0}</h2>'
        '<ul aria-label="{0}">{1}</ul></div>'
    ).format(title, Markup("").join(options))


def lines(*found: Markup) -> Markup:
    """Return all lines of a page."""
    return Markup('<div class="switches">{}</div>').format(Markup("").join(found))
