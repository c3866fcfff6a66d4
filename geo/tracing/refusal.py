"""What a person has refused, so that it is not proposed again."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from geo.dataset import load
from geo.errors import TracingError
from geo.tracing.choices import chosen
from geo.tracing.edition import edit
from geo.tracing.fitting import is_outline_of
from geo.tracing.proposals import Proposals
from geo.tracing.selectors import FILE


def refuse(folder: Path, proposals: Proposals, choices: Sequence[str]) -> tuple[str, ...]:
    """Write refused objects into the selectors of a data folder.

    Parameters
    ----------
    folder
        The data folder.
    proposals
        What the choices are of.
    choices
        As "way/1" or, where several sites have it, "site=way/1".

    Returns
    -------
    tuple
        Names of the files written.

    Raises
    ------
    TracingError
        If an object is not among the proposals, is one of several sites', or is the outline that
        the site has today.
    DatasetError, WritingError
        See `geo.tracing.edition.edit`.
    """
    refused = chosen(proposals, choices)
    sites = load(folder).sites
    held = [
        f"`{site_id}={one.object}` is the outline of the site today; take another over first"
        for site_id, outlines in refused.items()
        if site_id in sites.index
        for one in outlines
        if is_outline_of(one, sites.loc[site_id].to_dict())
    ]
    if held:
        raise TracingError("; ".join(held))

    def change(copy: Path) -> None:
        table = list(csv.reader(io.StringIO((copy / FILE).read_text(encoding="utf-8"))))
        site, column = table[0].index("id"), table[0].index("refused")
        rows = {row[site]: row for row in table[1:]}
        for site_id, outlines in refused.items():
            if site_id not in rows:
                raise TracingError(f"`{site_id}` has no row in {FILE}")
            objects = [*rows[site_id][column].split(), *(one.object for one in outlines)]
            rows[site_id][column] = " ".join(dict.fromkeys(objects))
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(table)
        (copy / FILE).write_text(out.getvalue(), encoding="utf-8")

    return edit(folder, change)
