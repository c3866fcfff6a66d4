"""The layer that this viewer brought: held as long as the session, seen by no other one."""

import streamlit as st

from layers.own import OwnLayer, shelf

_KEY = "own_layer"
_COMING = "own_layer_coming"


class _Hold:
    """What Streamlit lets go when the connection of a session ends."""

    def __init__(self, token: str) -> None:
        self.token = token

    def release(self) -> None:
        shelf().leave(self.token)


@st.cache_resource(scope="session", show_spinner=False, on_release=_Hold.release)
def _hold(token: str) -> _Hold:
    return _Hold(token)


def keep(layer: OwnLayer) -> None:
    """Make a layer from the shelf that of this session; one that it had before is dropped."""
    before = st.session_state.get(_KEY)
    if before is not None and before != layer.token:
        shelf().drop(before)
    st.session_state[_KEY] = layer.token
    _hold(layer.token)
    shelf().stay(layer.token)


def current() -> OwnLayer | None:
    """Return the layer of this session, None if it has none (any more)."""
    token = st.session_state.get(_KEY)
    if token is None:
        return None
    # A connection that was cut and has come back lost its hold, but not what the session knows.
    _hold(token)
    shelf().stay(token)
    return shelf().get(token)


def come() -> None:
    """Remember that the viewer is on the way to the map to see the layer."""
    st.session_state[_COMING] = True


def coming() -> bool:
    """Tell whether the viewer has come to the map to see the layer, and done nothing there yet."""
    return bool(st.session_state.get(_COMING, False)) and current() is not None


def settled() -> None:
    """Forget why the viewer came to the map."""
    st.session_state.pop(_COMING, None)


def forget() -> None:
    """Drop the layer of this session at once."""
    token = st.session_state.pop(_KEY, None)
    if token is not None:
        shelf().drop(token)
