"""Degree of Urbanisation: urban centres and urban clusters on cells of one square kilometre.

Source: recommendation on the method to delineate cities, urban and rural areas, UN Statistical
Commission, 51st session
(https://unstats.un.org/unsd/statcom/51st-session/documents/BG-Item3j-Recommendation-E.pdf).
Density is that of the whole cell: water inside a cell is not taken off, so a cell on a bank may be
denser than it is counted. The optional rule for built-up cells is not used.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

from geo.indicators.grid import Grid
from geo.indicators.raster import Floats

CENTRE_DENSITY = 1500.0
"""People a square kilometre from which a cell may be of an urban centre."""

CENTRE_PEOPLE = 50_000.0
"""People that such cells, side by side, must have together."""

CLUSTER_DENSITY = 300.0
CLUSTER_PEOPLE = 5_000.0
"""The same of an urban cluster, whose cells may touch by a corner."""

LARGEST_GAP = 15
"""A gap inside an urban centre is filled if it has fewer cells (square kilometres) than that."""

MAJORITY = 5
"""Of its eight neighbours: a cell with as many in one centre belongs to it."""

Labels: TypeAlias = NDArray[np.int64]

_SIDES = ndimage.generate_binary_structure(2, 1)
_CORNERS = ndimage.generate_binary_structure(2, 2)
_RING = _CORNERS.astype(int)
_RING[1, 1] = 0


@dataclass(frozen=True, eq=False)
class Centre:
    """One urban centre: its ground in EPSG:32645, people in its cells, and how many cells."""

    shape: BaseGeometry
    people: float
    cells: int


def urban_centres(people: Floats) -> Labels:
    """Return the number of the urban centre of each cell, 0 for none, (rows, columns).

    Cells of at least 1,500 people side by side (corners do not count) make a centre if they have
    at least 50,000 together; then its gaps below 15 cells are filled and its edges smoothed. 1 is
    the centre with most people before that.

    Parameters
    ----------
    people
        By cell of 1 km, (rows, columns), none missing. What lies outside is taken for empty.
    """
    centres = _groups(people, CENTRE_DENSITY, CENTRE_PEOPLE, _SIDES)
    for number in range(1, centres.max(initial=0) + 1):
        _fill(centres, number)
    return _smoothed(centres)


def urban_clusters(people: Floats) -> Labels:
    """Return the number of the urban cluster of each cell, 0 for none, (rows, columns).

    Cells of at least 300 people that touch by side or corner, at least 5,000 together; centres lie
    within clusters. 1 is the cluster with most people.
    """
    return _groups(people, CLUSTER_DENSITY, CLUSTER_PEOPLE, _CORNERS)


def centres_of(grid: Grid) -> tuple[Centre, ...]:
    """Return the urban centres of a grid, that with most people first; none where there is none."""
    labels = urban_centres(grid.people)
    found = [
        Centre(grid.outline(cells), float(grid.people[cells].sum()), int(cells.sum()))
        for cells in (labels == number for number in range(1, labels.max(initial=0) + 1))
    ]
    return tuple(sorted(found, key=lambda centre: -centre.people))


def _groups(people: Floats, density: float, together: float, touching: NDArray[np.bool_]) -> Labels:
    labels, count = ndimage.label(people >= density, structure=touching)
    sums = np.bincount(labels.ravel(), people.ravel(), minlength=count + 1)
    kept = [n for n in np.argsort(-sums[1:], kind="stable") + 1 if sums[n] >= together]
    numbers = np.zeros(count + 1, dtype=np.int64)
    numbers[kept] = np.arange(1, len(kept) + 1)
    found: Labels = numbers[labels]
    return found


def _fill(centres: Labels, number: int) -> None:
    """Give the small gaps of one centre to it; a gap with cells of another centre is none."""
    gaps, count = ndimage.label(np.pad(centres != number, 1, constant_values=True))
    outside, gaps = gaps[0, 0], gaps[1:-1, 1:-1]
    for gap in range(1, count + 1):
        cells = gaps == gap
        if gap != outside and cells.sum() < LARGEST_GAP and not centres[cells].any():
            centres[cells] = number


def _smoothed(centres: Labels) -> Labels:
    """Add cells that most neighbours of one centre surround, until there is none."""
    found = np.pad(centres, 1)
    while True:
        before = found.copy()
        for number in range(1, centres.max(initial=0) + 1):
            around = ndimage.convolve((before == number).astype(int), _RING, mode="constant")
            found[(before == 0) & (around >= MAJORITY)] = number
        # The frame of cells beyond the grid stays empty: they have no people and no place in it.
        found[[0, -1], :] = found[:, [0, -1]] = 0
        if (found == before).all():
            return found[1:-1, 1:-1]
