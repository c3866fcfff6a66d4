"""Layers that viewers brought: held in memory for one session each, and nowhere else."""

import functools
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from geo import settings
from geo.columns import lay_out
from geo.dataset import Dataset, shared
from geo.errors import GeoError
from geo.own.fields import Field
from geo.own.layer import Layer
from geo.read import Reading, Report
from geo.tiles import Pyramid

TOKEN_BYTES = 32
"""Of chance in a token: nobody guesses 256 bits."""

_BYTES_A_VERTEX = 16
_COPIES = 3
"""Of each geometry: as read, projected for tiles, and what the index of places takes."""

_BYTES_A_ROW = 600


class ShelfFullError(GeoError, MemoryError):
    """All room for layers of viewers is taken; it is free again when other sessions have ended."""


@dataclass(frozen=True, eq=False)
class OwnLayer:
    """What a viewer brought, and the secret by which it is reached.

    Parameters
    ----------
    token
        Part of the addresses under `/own/`; whoever knows it sees the layer.
    layer
        Its rows.
    report
        What reading the file found.
    """

    token: str
    layer: Layer
    report: Report

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.layer.name

    @property
    def sha256(self) -> str:
        """Hex digits, of the file as it was given."""
        return self.layer.sha256

    @property
    def columns(self) -> tuple[Field, ...]:
        """The columns of the file, in its order."""
        return self.layer.fields

    @cached_property
    def dataset(self) -> Dataset:
        """The dataset of the process with the rows of the layer after its own."""
        return shared().with_layer(self.layer)

    @cached_property
    def pyramid(self) -> Pyramid:
        """The tiles of the layer."""
        return Pyramid(np.asarray(self.layer.frame.geometry.array, dtype=object))

    @cached_property
    def size_bytes(self) -> int:
        """About how much memory the layer takes."""
        frame = self.layer.frame
        attributes = frame.drop(columns=frame.geometry.name).memory_usage(deep=True).sum()
        vertices = int(shapely.get_num_coordinates(frame.geometry.array).sum())
        geometry = _COPIES * _BYTES_A_VERTEX * vertices
        return int(attributes) + geometry + _BYTES_A_ROW * len(frame)


@dataclass(frozen=True)
class Room:
    """How much a shelf holds.

    Parameters
    ----------
    layers
        Most layers at once.
    bytes
        Most memory of all of them together.
    idle_seconds
        A layer that nobody has asked for so long is dropped, should its session never end.
    grace_seconds
        How long a layer outlives its connection, which may come back.
    """

    layers: int
    bytes: int
    idle_seconds: float
    grace_seconds: float


@dataclass(frozen=True)
class _Place:
    own: OwnLayer
    used: float
    leaves: float | None = field(default=None)


class Shelf:
    """Holds the layers of all sessions; may be used from any thread.

    Parameters
    ----------
    room
        How much there is.
    clock
        Seconds that only grow.
    """

    def __init__(self, room: Room, clock: Callable[[], float] = time.monotonic) -> None:
        self._room = room
        self._clock = clock
        self._lock = threading.Lock()
        self._places: dict[str, _Place] = {}

    def __len__(self) -> int:
        with self._lock:
            self._sweep()
            return len(self._places)

    def put(
        self,
        reading: Reading,
        *,
        name: str,
        sha256: str,
        options: Mapping[str, Any] | None = None,
    ) -> OwnLayer:
        """Take in what was read and make it ready to be asked; takes seconds for large layers.

        `options` say how the file was read. Until `stay` is called the layer is held as one whose
        connection is gone: who brought it may have left while it was read.

        Raises
        ------
        ShelfFullError
            If there is no room left for it.
        ValueError
            If the file was refused, so that there are no rows.
        """
        if reading.frame is None or reading.rows is None:
            raise ValueError(f"`{name}` was refused and has no rows")
        layer = Layer(
            name, sha256, reading.frame, reading.rows, dict(options or {}), reading.report
        )
        own = OwnLayer(secrets.token_urlsafe(TOKEN_BYTES), layer, reading.report)
        self._demand_room(own.size_bytes)
        # In the time of its owner, not at the first click.
        lay_out(own.dataset)
        with self._lock:
            self._demand_room_now(own.size_bytes)
            self._places[own.token] = _Place(own, self._clock())
        self.leave(own.token)
        return own

    def get(self, token: str) -> OwnLayer | None:
        """Return the layer with a token, None if there is none any more."""
        with self._lock:
            self._sweep()
            place = self._places.get(token)
            if place is None:
                return None
            self._places[token] = replace(place, used=self._clock())
            return place.own

    def drop(self, token: str) -> None:
        """Forget a layer at once; an unknown token is none."""
        with self._lock:
            self._places.pop(token, None)

    def leave(self, token: str) -> None:
        """Forget a layer in a while, unless `stay` comes first: its connection is gone."""
        with self._lock:
            place = self._places.get(token)
            if place is None:
                return
            leaves = self._clock() + self._room.grace_seconds
            self._places[token] = replace(place, leaves=leaves)
        # Memory is given back in time even if nobody asks for anything any more.
        timer = threading.Timer(self._room.grace_seconds + 0.1, self.__len__)
        timer.daemon = True
        timer.start()

    def stay(self, token: str) -> None:
        """Take back `leave`: the connection has come again."""
        with self._lock:
            place = self._places.get(token)
            if place is not None:
                self._places[token] = replace(place, leaves=None)

    def _demand_room(self, size: int) -> None:
        with self._lock:
            self._demand_room_now(size)

    def _demand_room_now(self, size: int) -> None:
        self._sweep()
        taken = sum(place.own.size_bytes for place in self._places.values())
        if len(self._places) >= self._room.layers or taken + size > self._room.bytes:
            raise ShelfFullError(f"{len(self._places)} layers take {taken} bytes")

    def _sweep(self) -> None:
        now = self._clock()
        for token, place in list(self._places.items()):
            left = place.leaves is not None and now >= place.leaves
            if left or now - place.used >= self._room.idle_seconds:
                del self._places[token]


@functools.cache
def shelf() -> Shelf:
    """Return the shelf of this process, as large as the settings say."""
    chosen = settings.current()
    return Shelf(
        Room(
            layers=chosen.own_layers,
            bytes=chosen.own_layers_mb * 1_000_000,
            idle_seconds=chosen.own_idle_minutes * 60,
            grace_seconds=chosen.own_grace_seconds,
        )
    )
