"""One request to one host: no proxy, no redirect, no more bytes and no more time than allowed.

Made on `http.client` because it does nothing by itself: it asks the given host and no other.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import socket
from urllib.parse import urlencode, urlsplit

from geo.fetch.deadline import Deadline
from geo.fetch.refusals import refuse

CONNECT_S = 30.0
"""Longest time to open a connection."""

SILENCE_S = 300.0
"""Longest time without a byte: Overpass says nothing while it searches (180 s by default)."""

USER_AGENT = "tomsk-agglomeration-atlas (python -m geo fetch)"
_PIECE = 1 << 16
_HOST = re.compile(r"^[A-Za-z0-9.:\[\]_-]+$")


@dataclass(frozen=True)
class Reply:
    """What a host answered: status, `Retry-After` as it was sent, body unpacked."""

    status: int
    retry_after: str | None
    body: bytes


@dataclass(frozen=True)
class Endpoint:
    """A checked address: nothing but scheme, host, port and path."""

    scheme: str
    host: str
    port: int | None
    path: str

    @classmethod
    def parse(cls, url: str) -> "Endpoint":
        """Read an address.

        Raises
        ------
        FetchError
            If it is not http(s), names no host, or has a user, a query or a fragment.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise refuse("endpoint") from error
        sound = parts.scheme in ("http", "https") and _is_name(parts.hostname or "")
        plain = url.isascii() and url.isprintable() and " " not in url
        if (
            not (sound and plain)
            or port == 0
            or "@" in parts.netloc
            or parts.query
            or parts.fragment
        ):
            raise refuse("endpoint")
        return cls(parts.scheme, str(parts.hostname), port, parts.path or "/")

    @property
    def url(self) -> str:
        """The address as text."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{f':{self.port}' if self.port else ''}{self.path}"


def _is_name(host: str) -> bool:
    """Whether a name server could be asked for it: no label is empty, none too long."""
    try:
        host.encode("idna")
    except UnicodeError:
        return False
    return _HOST.match(host) is not None


def post(
    endpoint: Endpoint,
    query: str,
    *,
    deadline: Deadline,
    most_bytes: int,
    on_bytes: Callable[[int], None],
) -> Reply:
    """Send a query as Overpass expects it, and read the answer piece by piece.

    Parameters
    ----------
    most_bytes
        Most that is read, after unpacking.
    on_bytes
        Called with the bytes received so far.

    Raises
    ------
    FetchError
        If the host cannot be reached, sends too much, breaks off, or the time is over.
    """
    connection = _connection(endpoint, deadline)
    try:
        connection.request("POST", endpoint.path, urlencode({"data": query}), _headers())
        with connection.getresponse() as response:
            body = b""
            if response.status == HTTPStatus.OK:
                body = _read(response, endpoint.host, most_bytes=most_bytes, on_bytes=on_bytes)
            return Reply(response.status, response.getheader("Retry-After"), body)
    except (OSError, HTTPException) as error:
        deadline.left()
        raise refuse("unreachable", host=endpoint.host) from error
    finally:
        connection.close()


def _headers() -> dict[str, str]:
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
        "Accept-Encoding": "gzip",
        "User-Agent": USER_AGENT,
        "Connection": "close",
    }


def _connection(endpoint: Endpoint, deadline: Deadline) -> HTTPConnection:
    kind = HTTPSConnection if endpoint.scheme == "https" else HTTPConnection
    timeout = min(CONNECT_S, deadline.left())
    connection = kind(endpoint.host, endpoint.port, timeout=timeout)

    def response_class(sock: socket, **options: str | None) -> HTTPResponse:
        response = HTTPResponse(sock, method=options.get("method"))
        response.fp.close()
        response.fp = io.BufferedReader(_Timed(sock, deadline))
        return response

    connection.response_class = response_class  # type: ignore[assignment]  # called, not a type
    return connection


class _Timed(io.RawIOBase):
    """A socket that is asked for bytes only as long as the deadline allows.

    A timeout of the socket alone starts anew with every byte: an answer that drips would last
    for ever, headers included.
    """

    def __init__(self, sock: socket, deadline: Deadline) -> None:
        self._sock = sock
        # Keeps the socket open when the connection lets go of it.
        self._stream = sock.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int | None:  # type: ignore[override]
        self._sock.settimeout(min(SILENCE_S, self._deadline.left()))
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _read(
    response: HTTPResponse, host: str, *, most_bytes: int, on_bytes: Callable[[int], None]
) -> bytes:
    unpack = _unpacker(response, host)
    pieces, total = [], 0
    try:
        while piece := response.read1(_PIECE):
            for plain in unpack(piece):
                total += len(plain)
                if total > most_bytes:
                    raise refuse("too_large", host=host, mb=f"{most_bytes / 1e6:g}")
                pieces.append(plain)
            on_bytes(total)
    except zlib.error as error:
        raise refuse("packed", host=host) from error
    except HTTPException as error:
        raise refuse("truncated", host=host) from error
    # An end that comes too early needs no other check: half an answer is no JSON.
    return b"".join(pieces)


def _unpacker(response: HTTPResponse, host: str) -> Callable[[bytes], Iterator[bytes]]:
    encoding = response.getheader("Content-Encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        return lambda piece: iter((piece,))
    if encoding != "gzip":
        raise refuse("packed", host=host)
    state = zlib.decompressobj(wbits=31)

    def unpack(piece: bytes) -> Iterator[bytes]:
        # Never more than a piece at a time: a few kB may hold gigabytes.
        while True:
            if piece and state.eof:
                raise zlib.error("data after the end")
            plain = state.decompress(piece, _PIECE)
            yield plain
            # What follows the end would never be counted.
            piece = state.unused_data or state.unconsumed_tail
            if not piece and len(plain) < _PIECE:
                return

    return unpack
