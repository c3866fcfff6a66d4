"""From an object to the map: the link that shows it there."""

from urllib.parse import urlencode

from geo.dataset import Dataset
from layers import objects
from layers.locale import Translator, is_missing

_AROUND_SETTLEMENT_M = 5_000


def map_link(dataset: Dataset, ref: objects.Ref, translator: Translator) -> str:
    """Return the address of the map with an object selected or filtered by; "" without any."""
    record = objects.record_of(dataset, ref)
    match ref.kind:
        case "site" | "project":
            link = {"sel": ref.id}
        case "park":
            link = {"q": str(translator.pick(record, "name"))}
        case "organisation":
            link = {"q": str(record["name_ru"])}
        case "cluster" | "direction":
            link = {ref.kind: ref.id}
        case "settlement":
            near = (record["longitude"], record["latitude"], _AROUND_SETTLEMENT_M)
            link = {"near": ",".join(str(one) for one in near)}
        case _:
            if is_missing(record["site_id"]):
                return ""
            link = {"sel": str(record["site_id"])}
    return f"/?{urlencode(link | {'lang': translator.lang}, safe=',')}"
