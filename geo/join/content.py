"""A join as something to write: the table, what its columns mean, and all that made it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo import dataset, dictionary
from geo.dictionary import Column
from geo.errors import ProvenanceError
from geo.export.content import Content
from geo.join.layer import Layer, of_dataset, of_own
from geo.join.names import each_once
from geo.join.result import JoinResult
from geo.join.spec import JoinSpec
from geo.join.table import MEASURES
from geo.provenance.origin import Input, Notice, Origin, Sum, layer_input

if TYPE_CHECKING:  # it imports this module to do a join again
    from geo.replay.sources import Sources

KIND = "join"
"""Of the operation, in a provenance document."""

_JOIN_COLUMNS = ("match_no", "match_count", "tie_count", *MEASURES, "certainty")


def content_of(result: JoinResult, *, lang: str = "ru") -> Content:
    """Return the table of a join with its provenance, as `geo.export.write` takes it.

    Parameters
    ----------
    result
        The join.
    lang
        Language of the title.

    Raises
    ------
    JoinError
        If two inputs have the same name and are not the same.
    """
    plan, sides = result.plan, (result.left, result.right)
    counts = {name: value for name, value in plan.to_json().items() if isinstance(value, int)}
    operation = {
        "kind": KIND,
        "left": _name(result.left),
        "right": _name(result.right),
        "spec": result.spec.to_json(),
        "engine": result.engine,
        "computed": {
            "crs": plan.crs,
            "distance": plan.distance,
            "reprojected": list(plan.reprojected),
            "densify_m": plan.densify_m,
        },
        "lang": lang,
    }
    origin = Origin(
        operation,
        each_once(one for side in sides for one in _inputs(side)),
        release=result.left.release or result.right.release,
        counts={**counts, **plan.certainty},
        sums=tuple(
            Sum(f"{name}.{total.column}", total.before, total.after, total.residual)
            for total in plan.sums
            for name in (result.prefixes[total.side == "right"],)
        ),
        warnings=tuple(
            Notice(
                warn.code,
                warn.reason,
                column=str(warn.values["column"]) if "column" in warn.values else None,
                count=int(warn.values["count"]) if "count" in warn.values else None,
            )
            for warn in plan.warnings
        ),
    )
    titles = (
        f"{result.left.title_ru or result.left.id} + {result.right.title_ru or result.right.id}",
        f"{result.left.title_en or result.left.id} + {result.right.title_en or result.right.id}",
    )
    return Content(result.table, *titles, origin, columns=_columns(result), lang=lang)


def again(operation: Mapping[str, Any], sources: "Sources") -> Content:
    """Do the join of a provenance document again.

    Raises
    ------
    ProvenanceError
        If the operation is not one of a join.
    JoinError
        If its options are refused.
    """
    left, right = (_source(str(operation.get(name)), sources) for name in ("left", "right"))
    spec, lang = operation.get("spec"), operation.get("lang")
    if not isinstance(spec, Mapping) or lang not in ("ru", "en"):
        raise ProvenanceError("operation: `spec` must be an object, `lang` ru or en")
    result = JoinResult(left, right, JoinSpec.from_json(spec), engine=str(operation.get("engine")))
    return content_of(result, lang=str(lang))


def _name(layer: Layer) -> str:
    return Path(layer.path).name or layer.id


def _source(name: str, sources: "Sources") -> Layer:
    if name in sources.files:
        return of_own(sources.own_layer(name))
    found = of_dataset(sources.dataset, name)
    if found is None:
        raise ProvenanceError(f"`{name}` is neither a layer nor a file that the document names")
    return found


def _inputs(layer: Layer) -> tuple[Input, ...]:
    if layer.entries:
        return tuple(map(layer_input, layer.entries))
    rows = len(layer.frame) if layer.report is None else layer.report.rows_in
    one = Input(_name(layer), "file", layer.sha256, rows, layer.system, options=dict(layer.options))
    return (one,)


def _columns(result: JoinResult) -> list[Column]:
    folder = dataset.shared().catalog.folder
    found = [dictionary.describe(folder, KIND, name) for name in _JOIN_COLUMNS]
    for layer, prefix in zip((result.left, result.right), result.prefixes, strict=True):
        names = ["id", *layer.frame.columns.drop(layer.frame.active_geometry_name)]
        for name in dict.fromkeys(map(str, names)):
            full = f"{prefix}.{name}"
            found.append(
                dictionary.describe(folder, layer.id, name, name=full)
                if layer.source == "shipped"
                else Column(full, source=_name(layer))
            )
    present = set(result.table.columns)
    return [column for column in found if column.name in present]
