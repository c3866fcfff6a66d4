"""The controls of the Join page. The link is the only state: they show it and write it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.dataset import shared
from geo.errors import JoinOptionsError
from geo.join import JoinSpec, Layer, Summary, vocabulary
from geo.join.layer import of_dataset, of_own
from layers.assets import url as asset_url
from layers.join_form import changed, uses
from layers.join_link import LEFT, OWN, RIGHT, JoinLink, layer_ids, read_link
from layers.join_words import value_text
from layers.locale import Translator
from views import markup, own_session

_COUNT = ""
_OWN_LAYER = "join_own_layer"
Words = Callable[[str], str]


def link() -> JoinLink:
    """Return what the address asks."""
    params = {key: st.query_params.get_all(key) for key in st.query_params}
    return read_link(params, shared().catalog)


def go(wanted: JoinLink) -> None:
    """Make an address of a join; the language stays."""
    lang = st.query_params.get_all("lang")
    st.query_params.from_dict({**wanted.to_params(), **({"lang": lang} if lang else {})})


def choose_layers(asked: JoinLink, translator: Translator) -> None:
    """Draw the choice of the two layers."""
    own = own_session.current()
    offered = [*layer_ids(shared().catalog)]
    if own is not None:
        offered.append(f"{OWN}{own.layer.key}")
    with st.container(horizontal=True, vertical_alignment="bottom", key="join-layers"):
        for side in (LEFT, RIGHT):
            value = getattr(asked, side)
            # A link may name a file that this session does not have.
            options = offered if value in offered else [*offered, value]
            _select(side, options, value, lambda one: layer_name(one, translator), translator)
        st.button(
            translator.t("joins.swap_layers"),
            key="join-exchange",
            on_click=_exchange,
            icon=":material/swap_horiz:",
        )


def layer_name(layer_id: str, translator: Translator) -> str:
    """Return what a layer is called."""
    own = own_session.current()
    if layer_id.startswith(OWN):
        if own is not None and layer_id == f"{OWN}{own.layer.key}":
            return translator.t("joins.layer.own", name=own.name[:80])
        return translator.t("joins.layer.lost", key=layer_id[len(OWN) :])
    if layer_id == "sites":
        return translator.t("joins.layer.sites")
    entry = shared().catalog[layer_id]
    return entry.title_ru if translator.lang == "ru" else entry.title_en


def layer_names(
    asked: JoinLink, left: Layer, right: Layer, translator: Translator
) -> dict[str, str]:
    """Return what the two layers are called, by the ids that messages of joins name."""
    return {
        left.id: layer_name(asked.left, translator),
        right.id: layer_name(asked.right, translator),
    }


def choose_predicate(spec: JoinSpec, translator: Translator) -> None:
    """Draw the predicate with its picture, and what it asks for."""
    t = translator.t
    _select(
        "predicate",
        vocabulary.PREDICATES,
        spec.predicate,
        lambda one: t(f"joins.predicate.{one}"),
        translator,
    )
    # The picture shows what the sentence beside it says.
    markup.add(
        Markup(
            '<div class="predicate-meaning"><img class="predicate" src="./{}" alt="" width="140"'
            ' height="74"><p>{}</p></div>'
        ).format(
            asset_url(f"join/predicates/{spec.predicate}.svg"),
            t(f"joins.predicate.{spec.predicate}.text"),
        )
    )
    if uses(spec, "distance_m"):
        limit = spec.predicate == "nearest"
        _number(
            "distance_m",
            t("joins.distance_m.limit" if limit else "joins.distance_m"),
            spec.distance_m or 0.0,
            low=0.0,
            high=vocabulary.ROUND_THE_EARTH_M,
            step=100.0,
            read=(lambda metres: metres or None) if limit else float,
        )
    if uses(spec, "k"):
        _number("k", t("joins.k"), spec.k, low=1, high=vocabulary.MOST_NEIGHBOURS, step=1)
    if uses(spec, "share"):
        _number("share", t("joins.share"), spec.share or 1.0, low=0.0, high=1.0, step=0.05)
    if uses(spec, "pattern"):
        _shown("pattern", spec.pattern)
        st.text_input(
            t("joins.pattern"),
            max_chars=9,
            key="join-pattern",
            on_change=_put,
            args=("pattern", lambda text: text.strip().upper()),
        )


def choose_rows(spec: JoinSpec, translator: Translator) -> None:
    """Draw what becomes of rows without a match and of those with several."""
    for name, words in (("how", vocabulary.SIDES), ("multiplicity", vocabulary.MULTIPLICITIES)):
        _word(name, words, spec, translator)
    if uses(spec, "tie_rule"):
        # Priorities need a column: choosing that chooses the rule.
        rules = [r for r in vocabulary.TIE_RULES if r != "priority" or spec.tie_rule == r]
        _word("tie_rule", rules, spec, translator)


def choose_more(spec: JoinSpec, left: Layer, right: Layer, translator: Translator) -> None:
    """Draw the options that most joins leave as they are."""
    t = translator.t
    with st.expander(t("joins.more"), expanded=_differs(spec)):
        if spec.tie_rule == "priority" or uses(spec, "tie_rule"):
            _priority(spec, right, translator)
        for name, words in (
            ("geometry", vocabulary.GEOMETRIES),
            ("distance", vocabulary.DISTANCES),
            ("repair", vocabulary.REPAIRS),
        ):
            _word(name, words, spec, translator)
        _number(
            "grid_m", t("joins.grid_m"), spec.grid_m, low=0.0, high=vocabulary.LARGEST_GRID_M,
            step=0.1,
        )  # fmt: skip
        _shown("exclusive", spec.exclusive)
        st.checkbox(
            t("joins.exclusive"), key="join-exclusive", on_change=_put, args=("exclusive", bool)
        )
        both = [name for name in _columns(left) if name in set(_columns(right))]
        _several(
            "on", both, [pair[0] for pair in spec.on if pair[0] == pair[1]], t("joins.on"),
            lambda names: tuple((name, name) for name in names),
        )  # fmt: skip
        _several("left_columns", _columns(left), spec.left_columns or (), t("joins.left_columns"))
        if uses(spec, "right_columns"):
            _several(
                "right_columns", _columns(right), spec.right_columns or (), t("joins.right_columns")
            )
        _summaries(spec, right, translator)
        _transfer(spec, left, translator)
        st.button(t("joins.reset"), key="join-reset", on_click=_reset)


def _priority(spec: JoinSpec, right: Layer, translator: Translator) -> None:
    columns = _columns(right)
    _shown("priority_column", spec.priority_column)
    st.selectbox(
        translator.t("joins.priority_column"),
        columns,
        index=None,
        key="join-priority_column",
        on_change=_prioritise,
    )
    if spec.priority_column in columns:
        values = right.frame[spec.priority_column].dropna().astype(str).unique().tolist()
        _several("priority", sorted(values), spec.priority, translator.t("joins.priority"))


def _summaries(spec: JoinSpec, right: Layer, translator: Translator) -> None:
    t = translator.t
    with st.container(horizontal=True, vertical_alignment="bottom", key="join-summaries"):
        column = st.selectbox(
            t("joins.summary"),
            [_COUNT, *_columns(right)],
            format_func=lambda name: name or t("joins.summary.count_only"),
            key="join-summary-column",
        )
        functions = vocabulary.FUNCTIONS if column else ("count",)
        function = st.selectbox(
            t("joins.summary.function"),
            functions,
            format_func=lambda word: t(f"joins.function.{word}"),
            key=f"join-summary-function-{bool(column)}",
        )
        weights = vocabulary.WEIGHTS if function in vocabulary.WEIGHTED_FUNCTIONS else ("none",)
        weight = st.selectbox(
            t("joins.summary.weight"),
            weights,
            format_func=lambda word: t(f"joins.weight.{word}"),
            key=f"join-summary-weight-{len(weights)}",
        )
        st.button(
            t("joins.summary.add"),
            key="join-summary-add",
            on_click=_append,
            args=("summaries", Summary(column, function, weight)),
        )
    _taken("summaries", spec.summaries, translator)


def _transfer(spec: JoinSpec, left: Layer, translator: Translator) -> None:
    t = translator.t
    with st.container(horizontal=True, vertical_alignment="bottom", key="join-transfers"):
        column = st.selectbox(t("joins.transfer"), _columns(left), key="join-transfer-column")
        kind = st.selectbox(
            t("joins.transfer.kind"),
            vocabulary.KINDS,
            index=None,
            format_func=lambda word: t(f"joins.kind.{word}"),
            help=t("joins.transfer.help"),
            key="join-transfer-kind",
        )
        st.button(
            t("joins.transfer.add"),
            key="join-transfer-add",
            disabled=kind is None or column is None,
            on_click=_append,
            args=("transfer", (column, kind)),
        )
    _taken("transfer", spec.transfer, translator)


def _taken(name: str, items: Sequence[Any], translator: Translator) -> None:
    with st.container(horizontal=True, key=f"join-taken-{name}"):
        for at, item in enumerate(items):
            what = _item_text(name, item, translator)
            st.button(
                _literal(translator.t("joins.summary.remove", what=what)),
                key=f"join-{name}-{at}",
                on_click=_remove,
                args=(name, item),
            )


def _item_text(name: str, item: Any, translator: Translator) -> str:
    if name == "summaries":
        words = [item.column or translator.t("joins.summary.count_only")]
        words += [translator.t(f"joins.function.{item.function}")] if item.column else []
        return ", ".join(words)
    return value_text(name, (item,), translator)


def _literal(text: str) -> str:
    """Keep Streamlit from reading the name of a stranger's column as Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|~$:&^=" else c for c in text)


# ---- controls that show one option -----------------------------------------------------------


def _select(
    name: str, options: Sequence[str], value: str, words: Words, translator: Translator
) -> None:
    _shown(name, value)
    put = _put_layer if name in (LEFT, RIGHT) else _put
    st.selectbox(
        translator.t(f"joins.{name}"),
        options,
        format_func=words,
        key=f"join-{name}",
        on_change=put,
        args=(name,),
    )


def _word(name: str, words: Sequence[str], spec: JoinSpec, translator: Translator) -> None:
    _select(
        name,
        words,
        getattr(spec, name),
        lambda one: translator.t(f"joins.{name}.{one}"),
        translator,
    )


def _number(
    name: str,
    label: str,
    value: float,
    *,
    low: float,
    high: float,
    step: float,
    read: Callable[[Any], Any] | None = None,
) -> None:
    _shown(name, value)
    st.number_input(
        label,
        min_value=low,
        max_value=high,
        step=step,
        key=f"join-{name}",
        on_change=_put,
        args=(name, read or type(value)),
    )


def _several(
    name: str,
    options: Sequence[str],
    value: Sequence[str],
    label: str,
    read: Callable[[list[str]], Any] = tuple,
) -> None:
    _shown(name, [one for one in value if one in set(options)])
    st.multiselect(
        label,
        options,
        key=f"join-{name}",
        placeholder="",
        on_change=_put,
        args=(name, (lambda found: read(found) or None) if name.endswith("_columns") else read),
    )


def _shown(name: str, value: Any) -> None:
    """Let a control show the link, whatever it showed before."""
    st.session_state[f"join-{name}"] = value


# ---- what a control does to the link -----------------------------------------------------------


def _put(name: str, read: Callable[[Any], Any] = str) -> None:
    asked = link()
    try:
        spec = changed(asked.spec, name, read(st.session_state[f"join-{name}"]))
    except JoinOptionsError:
        return  # the control shows the former value again
    go(replace(asked, spec=spec, run=False))


def _put_layer(side: str) -> None:
    go(replace(link(), **{side: st.session_state[f"join-{side}"]}, run=False))


def _exchange() -> None:
    asked = link()
    go(replace(asked, left=asked.right, right=asked.left, run=False))


def _prioritise() -> None:
    asked = link()
    column = st.session_state["join-priority_column"]
    if column is None:
        go(replace(asked, spec=changed(asked.spec, "tie_rule", "id"), run=False))
        return
    right = layer_of(asked.right)
    values = [] if right is None else right.frame[column].dropna().astype(str).unique().tolist()
    if values:
        spec = asked.spec.changed(
            tie_rule="priority", priority_column=column, priority=tuple(sorted(values))
        )
        go(replace(asked, spec=spec, run=False))


def _append(name: str, item: Any) -> None:
    asked = link()
    before = getattr(asked.spec, name)
    kept = tuple(one for one in before if one[0] != item[0] or name == "summaries")
    if item in kept:
        return
    go(replace(asked, spec=asked.spec.changed(**{name: (*kept, item)}), run=False))


def _remove(name: str, item: Any) -> None:
    asked = link()
    rest = tuple(one for one in getattr(asked.spec, name) if one != item)
    go(replace(asked, spec=asked.spec.changed(**{name: rest}), run=False))


def _reset() -> None:
    asked = link()
    go(JoinLink(asked.left, asked.right, JoinSpec()))


def _differs(spec: JoinSpec) -> bool:
    """Tell whether an option of those behind the fold was chosen."""
    seen = {"predicate", "how", "multiplicity", "distance_m", "k", "share", "pattern", "tie_rule"}
    return bool(set(spec.stated()) - seen)


def _columns(layer: Layer) -> list[str]:
    return [str(name) for name in layer.frame.columns if name != layer.frame.active_geometry_name]


def layer_of(layer_id: str) -> Layer | None:
    """Return a layer by its id in a link; None for a file that this session does not have."""
    if not layer_id.startswith(OWN):
        return of_dataset(shared(), layer_id)
    own = own_session.current()
    if own is None or layer_id != f"{OWN}{own.layer.key}":
        return None
    # The same object each time: a layer is laid out for joining once.
    token, kept = st.session_state.get(_OWN_LAYER, ("", None))
    layer: Layer = kept if token == own.token else of_own(own.layer)
    st.session_state[_OWN_LAYER] = (own.token, layer)
    return layer
