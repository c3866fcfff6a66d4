"""The command line of pages: `python -m layers …`."""

from pathlib import Path
from typing import Annotated

import typer

from geo import settings
from geo import snapshot as snapshots
from geo.commands.endings import run
from geo.dataset import SHIPPED, load, shared
from geo.difference import pairs
from geo.difference.layers import differences
from geo.errors import IndicatorError
from geo.export import Staging
from geo.indicators import assess
from geo.indicators.raster import people_of
from geo.provenance import to_bytes
from geo.read import Limits
from geo.tracing import read_proposals, read_selectors
from layers.difference_page import difference_page
from layers.indicator_files import make_report, report_format
from layers.locale import LANGUAGES, Translator
from layers.offline import offline_page, offline_provenance
from layers.outline_page import Places, outline_page

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def about() -> None:
    """Make pages of the Atlas that work without its server."""


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="File, folder, or revision of git, such as HEAD.")],
    new: Annotated[Path, typer.Argument(help="File or folder.", show_default=False)] = SHIPPED,
    *,
    out: Annotated[Path, typer.Option(help="The page that is written.")],
    lang: Annotated[str, typer.Option(help=f"One of {', '.join(LANGUAGES)}.")] = LANGUAGES[0],
) -> None:
    """Draw which rows were added, removed and changed, as one HTML page."""
    translator = Translator(lang)
    limits = Limits.of(settings.current())
    found = list(differences(pairs(old, new, max_mb=limits.max_mb), limits))
    out.write_text(difference_page(found, translator), encoding="utf-8")
    typer.echo(f"{len(found)} file(s) differ: {out}")


@app.command()
def offline(
    out: Annotated[Path, typer.Argument(help="The page that is written, such as atlas.html.")],
) -> None:
    """Write the whole Atlas as one HTML file that works from a disk, without any request."""
    dataset = shared()
    page = offline_page(dataset)
    with Staging(out) as staging:
        staging.file.write_bytes(page)
        staging.commit(to_bytes(offline_provenance(dataset, out.name, page)))
    typer.echo(
        f"{out}: {len(page) / 1e6:.1f} MB, {len(dataset.sites)} sites, "
        f"{len(dataset.projects)} projects, release {dataset.release}"
    )


@app.command()
def outlines(
    proposals: Annotated[
        Path, typer.Argument(help="Folder that `python -m geo fetch outlines` has written.")
    ],
    *,
    out: Annotated[Path, typer.Option(help="The page that is written.")],
    lang: Annotated[str, typer.Option(help=f"One of {', '.join(LANGUAGES)}.")] = LANGUAGES[0],
    folder: Annotated[Path, typer.Option(help="Data folder.", show_default=False)] = SHIPPED,
) -> None:
    """Draw proposed outlines of the sites over those of today, as one HTML page."""
    page = outline_page(
        read_proposals(proposals),
        load(folder),
        read_selectors(folder),
        Translator(lang),
        places=Places(proposals=proposals, data=folder),
    )
    out.write_text(page, encoding="utf-8")
    typer.echo(f"written: {out}")


@app.command()
def report(
    out: Annotated[Path, typer.Argument(help="The report that is written, .html or .pdf.")],
    *,
    lang: Annotated[str, typer.Option(help=f"One of {', '.join(LANGUAGES)}.")] = LANGUAGES[0],
    border: Annotated[
        str, typer.Option(help="Border of maps and sensitivity; empty for the first there is.")
    ] = "",
    snapshot: Annotated[
        Path | None,
        typer.Option(
            help="Snapshot folder; else ATLAS_SNAPSHOT, else the invented example town.",
            show_default=False,
        ),
    ] = None,
    population: Annotated[
        Path | None,
        typer.Option(help="GHS-POP or WorldPop GeoTIFF instead of the snapshot's people."),
    ] = None,
) -> None:
    """Write the SDG 11 indicators of a snapshot as a report, to be attached to a review."""
    report_format(out.name)
    translator, source = Translator(lang), snapshots.shared(snapshot)
    found = assess(source, population=people_of(source, population), raster=population)
    if found is None or (border and border not in found.borders):
        raise IndicatorError(f"snapshot `{source.about.id}` has no border `{border}`")
    made = make_report(found, border or found.main_border, shared(), translator, name=out.name)
    with Staging(out) as staging:
        staging.file.write_bytes(made.content)
        staging.commit(to_bytes(made.provenance))
    typer.echo(f"{out}: {len(made.content) / 1e3:,.0f} kB, {len(found.estimates)} estimates")


def main() -> None:
    """Run the command line; see `geo.commands.endings`."""
    run(app)


if __name__ == "__main__":
    main()
