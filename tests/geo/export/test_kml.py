from xml.etree import ElementTree

from geo.export import Content, to_bytes

KML = "{http://www.opengis.net/kml/2.2}"


def placemarks(content: Content) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(to_bytes(content, "kml", name="x.kml").content)  # noqa: S314 - our own
    return list(root.iter(f"{KML}Placemark"))


def test_rows_in_order_with_typed_values(content: Content) -> None:
    found = placemarks(content)
    values = [{c.get("name"): c.text for c in one.iter(f"{KML}SimpleData")} for one in found]
    assert [row["id"] for row in values] == list("fedcba")
    assert values[0]["text"] == "=1+1"
    assert values[0]["flag"] == "1"
    assert "whole" not in values[1]
    assert values[3]["whole"] == str(2**40)
    root = ElementTree.fromstring(to_bytes(content, "kml", name="x.kml").content)  # noqa: S314 - our own
    kinds = {field.get("name"): field.get("type") for field in root.iter(f"{KML}SimpleField")}
    assert (kinds["whole"], kinds["declared"], kinds["flag"], kinds["words"]) == (
        "double", "int", "bool", "string",
    )  # fmt: skip


def test_places(content: Content) -> None:
    found = placemarks(content)
    assert found[0].findtext(f"{KML}Point/{KML}coordinates") == "84.9751234567891,56.5"
    assert not [child for child in found[1] if child.find(f".//{KML}coordinates") is not None]
    assert len(found[2].findall(f"{KML}Polygon/{KML}innerBoundaryIs")) == 1
    assert len(found[3].findall(f"{KML}MultiGeometry/{KML}Point")) == 2
    assert len(found[5].findall(f"{KML}MultiGeometry/{KML}Polygon")) == 2


def test_colours_are_those_of_the_style(content: Content) -> None:
    root = ElementTree.fromstring(to_bytes(content, "kml", name="x.kml").content)  # noqa: S314 - our own
    styles = {
        style.get("id"): style.findtext(f"{KML}PolyStyle/{KML}color")
        for style in root.iter(f"{KML}Style")
    }
    assert styles == {"s0": "800808a5", "s1": "803e3159", "s2": "8051483c"}
    used = [one.findtext(f"{KML}styleUrl") for one in placemarks(content)]
    assert used == ["#s0", "#s1", "#s2", "#s1", "#s0", "#s2"]
