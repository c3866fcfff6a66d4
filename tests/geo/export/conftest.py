import dataclasses

import pytest

from geo.dataset import Dataset
from tests.geo import synthetic

NAMES = [
    "=1+1", "+7 3822", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "＝1", "'=1", "''+", "'tis",
    'a "b", c; d', "two\r\nlines", "</script><img onerror=x>", "${x} `y`", "\u202eназад",
    "а" * 10_000, "NULL", "nan", "1,5",
]  # fmt: skip


@pytest.fixture
def hostile_names() -> list[str]:
    return NAMES


@pytest.fixture
def hostile() -> Dataset:
    """As many projects as there are hostile names, without sites."""
    dataset = synthetic.make(5, sites=0, projects=len(NAMES))
    return dataclasses.replace(dataset, projects=dataset.projects.assign(name_ru=NAMES))
