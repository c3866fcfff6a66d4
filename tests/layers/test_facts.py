import pytest

from geo.dataset import shared
from layers.facts import of_site
from layers.locale import Translator


@pytest.mark.parametrize(
    ("site_id", "says"),
    [
        ("zvezdny-sport-core", "at least RUB 1 bn"),  # "more than" in the source
        ("tor-seversk", "RUB 20 bn as planned"),
        ("akademgorodok", "No data"),
    ],
)
def test_a_sum_of_a_site_is_read_with_its_bound(site_id: str, says: str) -> None:
    site = {"id": site_id, **shared().sites.loc[site_id].to_dict()}
    facts = {fact.key: fact for fact in of_site(shared(), site, Translator("en"))}
    assert facts["investment"].value.replace("\xa0", " ") == says
