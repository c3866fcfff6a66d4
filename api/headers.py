"""Security headers: the content security policies, and the middleware that adds them.

A route that sets a policy of its own keeps it; everything else, Streamlit's answers included, gets
the one of the application's pages.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOTHING = "default-src 'none'; frame-ancestors 'none'"
"""For answers that are data: should a browser show one as a page, it can do nothing."""

PLAIN_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""For plain pages that a script from a file of ours makes handier; none stands in the page."""

# Streamlit's media files hold what viewers upload or download: never a page with rights.
MEDIA = f"{NOTHING}; sandbox"

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [
            "geolocation=(self)",
            *(
                f"{feature}=()"
                for feature in (
                    "accelerometer",
                    "browsing-topics",
                    "camera",
                    "display-capture",
                    "gyroscope",
                    "hid",
                    "magnetometer",
                    "microphone",
                    "midi",
                    "payment",
                    "serial",
                    "usb",
                )
            ),
        ]
    ),
}


def application_page(script_hashes: Iterable[str]) -> str:
    """Return the policy of Streamlit's pages; the hashes are those of its inline scripts.

    `blob:` scripts: Components v2 loads the text given as `js=` through a blob address.
    """
    return _policy(
        {
            "default-src": ["'self'"],
            "script-src": ["'self'", "blob:", *_quoted(script_hashes)],
            "style-src": ["'self'", "'unsafe-inline'"],
            "img-src": ["'self'", "data:", "blob:"],
            "font-src": ["'self'", "data:"],
            "worker-src": ["'self'", "blob:"],
            "connect-src": ["'self'"],
            "object-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'self'"],
            "frame-ancestors": ["'self'"],
        }
    )


def drawing(style: str) -> str:
    """Return the policy of an SVG file that holds one style sheet."""
    return "; ".join([NOTHING, _policy({"style-src": _quoted([_hash(style)])})])


def map_page(script_hashes: Iterable[str], *, tile_origin: str, framed_by_anyone: bool) -> str:
    """Return the policy of the map page, which runs without an origin of its own.

    'self' is still the address the page came from. Links of an embedded map open in a tab of their
    own; in the application it is the page around the map that opens them.
    """
    directives = {
        "sandbox": ["allow-scripts"],
        "default-src": ["'none'"],
        "script-src": ["'self'", *_quoted(script_hashes)],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", *filter(None, [tile_origin])],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    if framed_by_anyone:
        # No frame-ancestors at all: `*` would keep out pages opened from a disk.
        directives["sandbox"] += ["allow-popups", "allow-popups-to-escape-sandbox"]
    else:
        directives["frame-ancestors"] = ["'self'"]
    return _policy(directives)


def inline_script_hashes(page: str) -> tuple[str, ...]:
    """Return the hashes, as a policy names them, of the scripts written into an HTML page."""
    parser = _InlineScripts()
    parser.feed(page)
    parser.close()
    return tuple(_hash(script) for script in dict.fromkeys(parser.scripts))


class SecurityHeaders:
    """ASGI middleware that adds the headers to every HTTP answer; sockets pass untouched."""

    def __init__(self, app: ASGIApp, *, page_policy: str) -> None:
        self.app = app
        self._page_policy = page_policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = MEDIA if scope["path"].startswith("/media/") else self._page_policy

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", policy)
            await send(message)

        await self.app(scope, receive, with_headers)


class _InlineScripts(HTMLParser):
    """Collects the text of script elements without `src`, data blocks left out."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_code = (given.get("type") or "text/javascript") in ("text/javascript", "module")
        self._inside = tag == "script" and "src" not in given and is_code
        if self._inside:
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's interface
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _quoted(hashes: Iterable[str]) -> list[str]:
    return [f"'{one}'" for one in hashes]


def _policy(directives: Mapping[str, list[str]]) -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
