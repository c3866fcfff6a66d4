import gc
import weakref

from geo.columns import columns_of
from tests.geo import synthetic


def test_arrays_are_laid_out_once_and_go_with_the_dataset() -> None:
    dataset = synthetic.make(1, sites=3, projects=3)
    columns = weakref.ref(columns_of(dataset))
    assert columns_of(dataset) is columns()
    assert columns_of(synthetic.make(1, sites=3, projects=3)) is not columns()
    del dataset
    gc.collect()
    assert columns() is None
