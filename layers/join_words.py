"""What is said of a join: its options, its warnings with their remedies, why it is refused."""

from collections.abc import Mapping
from typing import Any

from geo.errors import JoinError
from geo.join import JoinSpec, Warn
from layers.locale import Translator

_METRES = ("distance_m", "grid_m")
_COLUMNS_SHOWN = 8
_LAYERS = ("layer", "left", "right")


def value_text(option: str, value: Any, translator: Translator) -> str:
    """Return one value of an option in words."""
    t = translator.t
    if value is None or value == ():
        return t("joins.no")
    if isinstance(value, bool):
        return t("joins.yes") if value else t("joins.no")
    if option in ("predicate", "how", "multiplicity", "tie_rule", "repair", "geometry", "distance"):
        return t(f"joins.{option}.{value}")
    if option in _METRES:
        return translator.length(float(value))
    if isinstance(value, int | float):
        return translator.number(value, 3)
    if isinstance(value, tuple):
        return ", ".join(_item(one, translator) for one in value[:_COLUMNS_SHOWN])
    return str(value)


def change_text(before: JoinSpec, after: JoinSpec, translator: Translator) -> str:
    """Return in words in which options two specs differ."""
    old, new = before.to_json(), after.to_json()
    return "; ".join(
        translator.t(
            "joins.change",
            option=translator.t(f"joins.option.{name}"),
            value=value_text(name, getattr(after, name), translator),
        )
        for name in new
        if new[name] != old[name]
    )


def warn_text(warn: Warn, names: Mapping[str, str], translator: Translator) -> str:
    """Return a warning as a sentence; `names` are what people call the layers, by id."""
    values = _said(warn.values, names, translator)
    if "rule" in values:
        values["rule"] = translator.t(f"joins.tie_rule.{warn.values['rule']}")
    if "finding" in values:
        values["finding"] = translator.t(f"finding.{warn.values['finding']}")
    return translator.t(f"join.warn.{warn.code}", **values)


def error_text(error: JoinError, names: Mapping[str, str], translator: Translator) -> str:
    """Return why a join is refused, as a sentence; see `warn_text`."""
    return translator.t(f"join.error.{error.code}", **_said(error.values, names, translator))


def _said(
    values: Mapping[str, Any], names: Mapping[str, str], translator: Translator
) -> dict[str, str]:
    said = {
        name: translator.number(value, 2) if isinstance(value, int | float) else str(value)
        for name, value in values.items()
    }
    layers = {name: names.get(said[name], said[name]) for name in _LAYERS if name in said}
    quoted = {name: translator.t("joins.layer.quoted", name=one) for name, one in layers.items()}
    return said | quoted


def _item(value: Any, translator: Translator) -> str:
    if not isinstance(value, tuple):
        return str(value)
    words = {*("extensive", "intensive", "categorical")}
    return " — ".join(
        translator.t(f"joins.kind.{part}") if part in words else str(part) for part in value if part
    )
