"""Tables as HTML that screen readers, narrow screens and hostile values can all live with.

Every value is escaped here unless it is Markup already; Markup is made by `format` alone, which
escapes what is put in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

Cell = str | Markup


@dataclass(frozen=True)
class Column:
    """The head of a column, with a sign before its title, and the class of its cells."""

    title: str
    css: str = ""
    sign: Markup | None = None


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    css: str = "",
) -> Markup:
    """Return a table whose first column names its rows.

    On a narrow screen the style sheet stacks the cells of a table of the class "stack" under the
    titles that each cell carries with it, and lets one of the class "scroll" move sideways.

    Parameters
    ----------
    caption
        What the table shows; heard, not seen.
    columns
        Heads, the first one that of the rows' names.
    rows
        As many cells as columns each.
    css
        Class of the table.
    """
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}<span>{}</span></th>').format(
            column.css, column.sign or "", column.title
        )
        for column in columns
    )
    body = Markup("").join(_row(row, columns) for row in rows)
    return Markup(
        '<div class="table-frame {}" role="group" aria-label="{}" tabindex="0">'
        '<table><caption class="heard">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(css, caption, caption, head, body)


def _row(cells: Sequence[Cell], columns: Sequence[Column]) -> Markup:
    name, *rest = cells
    return Markup('<tr><th scope="row" class="{}">{}</th>{}</tr>').format(
        columns[0].css,
        name,
        Markup("").join(
            Markup('<td class="{}" data-title="{}">{}</td>').format(column.css, column.title, cell)
            for column, cell in zip(columns[1:], rest, strict=True)
        ),
    )
