"""The file that this session is bringing: being read, read, or refused."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, field, replace

import streamlit as st

from geo import settings, uploads
from geo.dataset import shared
from geo.read import Limits, Report, known_ids
from geo.read.background import Background
from geo.uploads import Offer, Options, Upload
from layers.own import ShelfFullError, shelf
from views import own_session

_KEY = "own_upload"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Brought:
    """What a reading ended with.

    Parameters
    ----------
    report
        What was found in the file.
    offers
        Other ways to read it.
    token
        Of the layer on the shelf, which alone holds the rows; "" if the file was refused or there
        was no room for them.
    """

    report: Report
    offers: tuple[Offer, ...]
    token: str = ""


@dataclass
class Bringing:
    """The state of one session.

    Parameters
    ----------
    taken
        Id of the file of the chooser that was taken last, so that it is taken once.
    upload
        What is or was read last.
    job
        Reads it; None when its end has been seen.
    brought
        What the last reading ended with.
    readings
        How many there were.
    """

    taken: str | None = None
    upload: Upload | None = None
    job: Background[Brought] | None = None
    brought: Brought | None = field(default=None, repr=False)
    readings: int = 0


def bringing() -> Bringing:
    """Return the state of this session."""
    state: Bringing = st.session_state.setdefault(_KEY, Bringing())
    return state


def start(upload: Upload) -> None:
    """Read an upload in the background; one that is being read is given up."""
    state = bringing()
    cancel()
    state.upload, state.brought = upload, None
    state.readings += 1
    references = known_ids(shared())
    state.job = Background(
        lambda progress, cancelled: _bring(upload, references, progress, cancelled)
    )


def again(options: Options) -> None:
    """Read the same bytes in another way."""
    upload = bringing().upload
    if upload is not None:
        start(upload.again(options))


def cancel() -> None:
    """Ask the reading that runs to end."""
    job = bringing().job
    if job is not None:
        job.cancel()


def settle() -> bool:
    """Take over what a reading has ended with; tell whether one has ended just now.

    A layer takes the place of the one before; a refusal leaves that as it was.
    """
    state = bringing()
    if state.job is None or not state.job.done:
        return False
    job, state.job = state.job, None
    state.brought = job.result()
    layer = shelf().get(state.brought.token)
    if layer is not None:
        own_session.keep(layer)
    if not state.brought.offers and state.upload is not None:
        # Nothing will ask for the bytes again.
        state.upload = replace(state.upload, content=b"")
    return True


def remove() -> None:
    """Forget the layer, the file and what was found in it."""
    cancel()
    own_session.forget()
    state = bringing()
    st.session_state[_KEY] = Bringing(taken=state.taken, readings=state.readings)


def _bring(
    upload: Upload,
    references: Mapping[str, Collection[str]],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Brought:
    chosen = settings.current()
    outcome = uploads.read_in_turn(
        upload,
        Limits.of(chosen),
        at_once=chosen.upload_readers,
        references=references,
        progress=progress,
        cancelled=cancelled,
    )
    if outcome.reading.frame is None:
        return Brought(outcome.report, outcome.offers)
    try:
        layer = shelf().put(
            outcome.reading,
            name=upload.name,
            sha256=upload.sha256,
            options={name: value for name, value in asdict(upload.options).items() if value},
        )
    except ShelfFullError as error:
        _log.warning("no room for the layer of a viewer: %s", error)
        return Brought(outcome.report, outcome.offers)
    if cancelled():
        shelf().drop(layer.token)
        return Brought(uploads.cancelled(upload).report, ())
    return Brought(outcome.report, outcome.offers, layer.token)
