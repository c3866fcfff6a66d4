import numpy as np
import pytest

from geo.names import ranks


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        (
            "ru",
            ["2 очередь", "«Газ»", "ёж", "Ежевика", "Ёлка", "ель", "Жук", "Июль", "Йод", "Expo"],
        ),
        ("en", ["2 stages", "Alpha", '"Beta"', "gamma", "Ёлка", "Жук"]),
    ],
)
def test_alphabetical_order(lang: str, names: list[str]) -> None:
    shuffled = np.random.default_rng(1).permutation(len(names))
    places = ranks([names[n] for n in shuffled], lang)
    assert places.tolist() == shuffled.tolist()


def test_equal_names_have_equal_places() -> None:
    assert ranks(["Б-б", "«б б»", "а"], "ru").tolist() == [1, 1, 0]
