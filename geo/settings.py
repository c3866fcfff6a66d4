"""What an operator may set from outside, by environment variables that begin with ATLAS_.

Every setting has a default that works; a value that cannot be used stops the start.
"""

import functools
import string
from typing import Literal
from urllib.parse import quote, urlsplit

from pydantic import DirectoryPath, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_REPORT_FIELDS = {"id", "title", "link"}
_TILE_FIELDS = {"s", "z", "x", "y", "r"}


class Settings(BaseSettings):
    """The settings of one process; `ATLAS_LOG_LEVEL=DEBUG` sets `log_level`, and so on."""

    model_config = SettingsConfigDict(env_prefix="ATLAS_", frozen=True)

    data_folder: DirectoryPath | None = Field(
        default=None,
        description="Folder with catalog.toml and the layers; unset means the shipped dataset.",
    )
    snapshot: DirectoryPath | None = Field(
        default=None,
        description="Folder with snapshot.toml, the frozen streets and people that travel times "
        "and indicators are computed on; unset means the invented example town.",
    )
    keep_folder: DirectoryPath | None = Field(
        default=None,
        description="Folder in which the numbers of sites, which take long to make, are kept "
        "between two starts; unset means they are made at each.",
    )
    report_url: str = Field(
        default="mailto:?subject={title}&body={link}",
        description="Where a mistake is reported: a mailto: or https: address in which {id}, "
        "{title} and {link} of the object are filled in. Empty hides the link.",
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[A-Za-z0-9.:\[\]-]+)?$",
        description="Scheme and host under which the Atlas is reached, such as "
        "https://atlas.example; needed behind a proxy, for shared links and pictures. Empty: as "
        "each request says.",
    )
    tile_url: str = Field(
        default="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        description="Raster tiles a viewer may switch on, the only other host the map can ask; "
        "none is asked before that. Empty takes the switch away.",
    )
    overpass_url: str = Field(
        default="https://overpass-api.de/api/interpreter",
        description="Overpass API that `python -m geo fetch` asks, the only host it ever asks.",
    )
    overpass_max_mb: float = Field(
        default=200, gt=0, le=100_000, description="Largest answer that is read, unpacked, in MB."
    )
    overpass_pause_seconds: float = Field(
        default=1, ge=0, le=3_600, description="Time between two requests to that host."
    )
    overpass_fresh_hours: float = Field(
        default=24,
        ge=0,
        le=100_000,
        description="Age up to which a kept answer is used without asking again.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="The least severe message that is written to the log."
    )
    upload_max_mb: float = Field(
        default=50, gt=0, le=2_000, description="Largest file that is read, in MB of 10^6 bytes."
    )
    upload_unpacked_mb: float = Field(
        default=200, gt=0, le=10_000, description="Most that a packed file may hold, in MB."
    )
    upload_max_features: int = Field(
        default=200_000, gt=0, le=5_000_000, description="Most rows of a file."
    )
    upload_max_columns: int = Field(
        default=500, gt=0, le=10_000, description="Most different columns of a file."
    )
    upload_max_vertices: int = Field(
        default=5_000_000, gt=0, le=100_000_000, description="Most vertices of all its outlines."
    )
    upload_seconds: float = Field(
        default=10, gt=0, le=3_600, description="Time after which reading a file is given up."
    )
    upload_memory_mb: int = Field(
        default=2_000,
        ge=500,
        le=100_000,
        description="Address space of the process that reads a file, in MB; libraries alone "
        "take about 400.",
    )
    upload_repair_seconds: float = Field(
        default=1, gt=0, le=3_600, description="Time for the repair of one geometry."
    )
    upload_repair_vertices: int = Field(
        default=100_000, gt=0, description="Most vertices of a geometry that is repaired."
    )
    own_layers: int = Field(
        default=40, gt=0, le=10_000, description="Most layers of viewers held at once."
    )
    own_layers_mb: int = Field(
        default=2_000, gt=0, le=1_000_000, description="Memory for layers of viewers, in MB."
    )
    own_idle_minutes: float = Field(
        default=240,
        gt=0,
        le=100_000,
        description="Time after which a layer that nobody looks at is dropped.",
    )
    own_grace_seconds: float = Field(
        default=120,
        ge=0,
        le=3_600,
        description="Time that a layer outlives a connection, which may come back.",
    )

    upload_readers: int = Field(
        default=2, gt=0, le=64, description="Files that are read at a time; others wait."
    )

    @field_validator("data_folder", "snapshot", "keep_folder", mode="before")
    @classmethod
    def _unset(cls, value: object) -> object:
        # The empty path would be the working folder.
        return None if value == "" else value

    @field_validator("report_url")
    @classmethod
    def _report_address(cls, value: str) -> str:
        return _template(value, schemes={"https", "mailto"}, fields=_REPORT_FIELDS)

    @field_validator("tile_url")
    @classmethod
    def _tile_address(cls, value: str) -> str:
        return _template(value, schemes={"https", "http"}, fields=_TILE_FIELDS)

    @property
    def tile_origin(self) -> str:
        """Scheme and host of the tiles, as a content security policy names them; "" for none.

        A subdomain letter (`{s}`) becomes the policy's wildcard.
        """
        parts = urlsplit(self.tile_url)
        return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}" if self.tile_url else ""

    def report_link(self, *, object_id: str, title: str, link: str) -> str:
        """Return the address that reports a mistake in one object; "" where none is set."""
        values = {"id": object_id, "title": title, "link": link}
        return self.report_url.format(**{k: quote(v, safe="") for k, v in values.items()})


@functools.cache
def current() -> Settings:
    """Return the settings of this process, read on the first call.

    Raises
    ------
    pydantic.ValidationError
        If a variable holds a value that cannot be used; names the setting and the reason.
    """
    return Settings()


def _template(value: str, *, schemes: set[str], fields: set[str]) -> str:
    if not value:
        return value
    if urlsplit(value).scheme not in schemes:
        raise ValueError(f"`{value}` must begin with one of {sorted(schemes)}")
    used = {name for _, name, _, _ in string.Formatter().parse(value) if name is not None}
    if not used <= fields:
        raise ValueError(f"unknown placeholders {sorted(used - fields)}; known: {sorted(fields)}")
    return value
