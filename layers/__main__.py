"""The command line of pages: `python -m layers …`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from geo import settings
from geo.dataset import SHIPPED, shared
from geo.difference import pairs
from geo.difference.layers import differences
from geo.errors import GeoError
from geo.export import Staging
from geo.provenance import to_bytes
from geo.read import Limits
from layers.difference_page import difference_page
from layers.locale import LANGUAGES, Translator
from layers.offline import offline_page, offline_provenance

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
    found = list(differences(pairs(old, new), Limits.of(settings.current())))
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


def main() -> None:
    """Run the command line; a refusal of the library ends with its reason and exit code 2."""
    try:
        app()
    except GeoError as error:
        typer.echo(f"refused: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
