"""Write `data/example` anew."""

from geo.example_town.town import ABOUT, layers
from geo.snapshot import EXAMPLE, write_snapshot

if __name__ == "__main__":
    write_snapshot(EXAMPLE, ABOUT, layers())
