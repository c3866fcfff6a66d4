from geo.dataset import shared
from geo.search.document import in_full
from geo.search.documents import documents


def test_rows_come_first_and_in_order() -> None:
    rows = shared().rows
    found = documents(shared())[: len(rows)]
    assert [(d.type, d.id) for d in found] == list(zip(rows["row_type"], rows["id"], strict=True))


def test_every_object_can_be_found() -> None:
    dataset = shared()
    found = {(d.type, d.id) for d in documents(dataset)}
    for kind in ("site", "project", "organisation", "cluster", "direction", "settlement"):
        assert {(kind, one) for one in getattr(dataset, f"{kind}s").index} <= found
    assert {("park", "sez-tomsk"), ("park", "tomsk-industrial-park")} <= found
    assert ("park", "lagerny-sad") not in found


def test_an_address_stands_once_where_it_is_known_best() -> None:
    found = [d for d in documents(shared()) if d.type == "address"]
    names = [d.name_ru.casefold() for d in found]
    assert len(names) == len(set(names))
    assert all(d.at is not None for d in found)
    # No project is evidence of an address only because it belongs to a site there.
    borrowed = shared().projects["geometry_method"] == "position_of_site"
    assert not {d.id for d in found} & set(shared().projects.index[borrowed])


def test_every_further_name_is_in_a_document() -> None:
    dataset = shared()
    further = {(d.type, d.id): d.further for d in documents(dataset)}
    for alias in dataset.aliases.to_dict("records"):
        assert alias["name"] in further[alias["object_type"], alias["object_id"]]


def test_in_full() -> None:
    assert in_full("ул. Киевская, 60") == "ул улица Киевская, 60"
    assert in_full("Прорыв") == "Прорыв"
