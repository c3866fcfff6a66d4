"""The catalogue: what files the dataset has, where they come from, under which licence.

Knows nothing of what stands in the files beyond their number of rows and their columns.
"""

import csv
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from geo.errors import CatalogError, UnknownLayerError

FILE = "catalog.toml"


@dataclass(frozen=True)
class Entry:
    """One file of the dataset, as `catalog.toml` describes it."""

    id: str
    title_ru: str
    title_en: str
    path: str
    kind: str
    key: str
    source: str
    licence: str
    attribution_ru: str
    attribution_en: str
    retrieved: str
    crs: str
    geometry_types: tuple[str, ...]
    rows: int
    columns: tuple[str, ...]
    sha256: str
    made: str


@dataclass(frozen=True)
class Measured:
    """What a file holds now: number of rows, columns in order, sha256 of its bytes."""

    rows: int
    columns: tuple[str, ...]
    sha256: str


@dataclass(frozen=True)
class Catalog:
    """All entries in the order of `catalog.toml`, and the folder that holds their files."""

    folder: Path
    entries: tuple[Entry, ...]

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __getitem__(self, layer_id: str) -> Entry:
        for entry in self.entries:
            if entry.id == layer_id:
                return entry
        raise UnknownLayerError(f"no layer `{layer_id}` in the catalogue")

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """Return the entries of one kind (sites, projects, organisations, table)."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def file(self, entry: Entry) -> Path:
        """Return where the file of an entry lies."""
        return self.folder / entry.path

    def content(self, entry: Entry) -> bytes:
        """Return the bytes of the file of an entry."""
        return self.file(entry).read_bytes()

    def attributions(self, language: str) -> tuple[str, ...]:
        """Return the distinct credits of all layers, `language` being ru or en.

        An attribution may hold several, "; " between them. OpenStreetMap's stands first: it must
        be seen wherever there is room for one.
        """
        lines = [
            entry.attribution_ru if language == "ru" else entry.attribution_en for entry in self
        ]
        credits = dict.fromkeys(part for line in lines for part in line.split("; ") if part)
        return tuple(sorted(credits, key=lambda credit: "OpenStreetMap" not in credit))


def measure(path: Path) -> Measured:
    """Count the rows of a GeoJSON or CSV file, list its columns and hash its bytes.

    Raises
    ------
    CatalogError
        If the file is neither.
    """
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    try:
        if path.suffix == ".geojson":
            properties = [feature["properties"] for feature in json.loads(content)["features"]]
            columns = tuple(dict.fromkeys(name for values in properties for name in values))
            return Measured(len(properties), columns, digest)
        header, *records = csv.reader(content.decode("utf-8-sig").splitlines())
    except (ValueError, TypeError, KeyError) as error:
        raise CatalogError(f"{path.name}: neither GeoJSON features nor CSV: {error}") from error
    return Measured(len(records), tuple(header), digest)


def read_catalog(folder: Path) -> Catalog:
    """Read `catalog.toml` of a data folder.

    Raises
    ------
    CatalogError
        If the file is missing, cannot be read, is not TOML, lacks a field, repeats an id, or
        names a file that is not in the folder.
    """
    path = folder / FILE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CatalogError(
            f"{FILE}: not found in the data folder; name the folder that holds it"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{FILE}: not readable as TOML: {error}") from error
    except (OSError, ValueError) as error:  # a name with NUL is a ValueError
        raise CatalogError(f"{FILE}: cannot be read; look at its permissions") from error
    catalog = Catalog(folder, tuple(_entry(item) for item in raw.get("layer", [])))
    faults = [f"`{e.id}`: no file {e.path}" for e in catalog if not catalog.file(e).is_file()]
    inside = folder.resolve()
    faults += [
        f"`{e.id}`: {e.path} lies outside the data folder"
        for e in catalog
        if not catalog.file(e).resolve().is_relative_to(inside)
    ]
    seen: set[str] = set()
    for entry in catalog:
        if entry.id in seen:
            faults.append(f"`{entry.id}`: id stands twice")
        seen.add(entry.id)
    if not catalog.entries:
        faults.append("no [[layer]] entries")
    if faults:
        raise CatalogError(f"{FILE}: " + "; ".join(faults))
    return catalog


def _entry(item: dict[str, object]) -> Entry:
    names = {field.name for field in fields(Entry)}
    missing, extra = sorted(names - item.keys()), sorted(item.keys() - names)
    if missing or extra:
        raise CatalogError(f"{FILE}, `{item.get('id', '?')}`: missing {missing}, unknown {extra}")
    return Entry(**{k: tuple(v) if isinstance(v, list) else v for k, v in item.items()})  # type: ignore[arg-type]


def outdated(catalog: Catalog) -> tuple[str, ...]:
    """Return the ids whose rows, columns or sha256 are no longer those of the file."""
    return tuple(
        entry.id
        for entry in catalog
        if measure(catalog.file(entry)) != Measured(entry.rows, entry.columns, entry.sha256)
    )


def measured(catalog: Catalog) -> Catalog:
    """Return the catalogue with rows, columns and sha256 as the files have them now."""
    return Catalog(
        catalog.folder,
        tuple(replace(e, **asdict(measure(catalog.file(e)))) for e in catalog),
    )


def refresh(folder: Path) -> tuple[str, ...]:
    """Write the present rows, columns and sha256 of every file into `catalog.toml`.

    Only those three lines of an entry change; comments and order stay as they are.

    Returns
    -------
    tuple
        Ids of the entries that were out of date.
    """
    catalog = read_catalog(folder)
    stale = outdated(catalog)
    rewrite(folder, {entry.id: asdict(measure(catalog.file(entry))) for entry in catalog})
    return stale


def rewrite(folder: Path, values: Mapping[str, Mapping[str, object]]) -> None:
    """Write fields of entries anew; comments, order and all other lines stay as they are.

    Parameters
    ----------
    folder
        The data folder.
    values
        Id of an entry -> field -> value; a field is written where the entry has its line.
    """
    lines: list[str] = []
    fields_of: Mapping[str, object] = {}
    for line in (folder / FILE).read_text(encoding="utf-8").splitlines():
        name = line.split("=")[0].strip()
        if name == "id":
            fields_of = values.get(tomllib.loads(line)["id"], {})
        if name in fields_of:
            line = f"{name} = {json.dumps(fields_of[name], ensure_ascii=False)}"
        lines.append(line)
    (folder / FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
