"""Which requests are answered at all: only those of the page that this server gave out.

Any page in the browser of the reviewer can send requests to 127.0.0.1. So a request must name this
host, come from this origin, and carry a token that only the printed address holds. Everything is
checked before anything of the request is read.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

LARGEST_BODY = 1_000_000  # bytes; the ids of some ten thousand names
_TOKEN = "HTTP_X_CLEANER_TOKEN"
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
    ("Server", "cleaner"),
)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class Refusal(NamedTuple):
    """A status line, and one sentence that says why a request is not answered."""

    status: str
    why: str


def refusal(environ: Mapping[str, Any], port: int, token: str) -> Refusal | None:
    """Return why a request is refused; None if it is answered."""
    hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
    host = environ.get("HTTP_HOST", "").lower()
    if host not in hosts:
        return Refusal("403 Forbidden", "this address is not that of the review")
    origin = environ.get("HTTP_ORIGIN")
    if origin is not None and origin.lower() != f"http://{host}":
        return Refusal("403 Forbidden", "the request comes from another page")
    is_api = environ.get("PATH_INFO", "").startswith("/api/")
    wanted = {"same-origin"} if is_api else {"same-origin", "none"}
    if environ.get("HTTP_SEC_FETCH_SITE", "same-origin") not in wanted:
        return Refusal("403 Forbidden", "the request comes from another page")
    if is_api and not _is_token(environ.get(_TOKEN, ""), token):
        return Refusal("403 Forbidden", "the token is missing or wrong; use the printed address")
    if environ["REQUEST_METHOD"] == "POST":
        return _refused_body(environ)
    return None


def _is_token(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _refused_body(environ: Mapping[str, Any]) -> Refusal | None:
    """Return why the body of a request is not read."""
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        return Refusal("400 Bad Request", "the body has to be JSON")
    length = environ.get("CONTENT_LENGTH") or ""
    if "HTTP_TRANSFER_ENCODING" in environ or not (length.isascii() and length.isdecimal()):
        return Refusal("400 Bad Request", "the length of the body has to be given")
    if len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
        what = f"the body has more than {LARGEST_BODY:,} bytes"
        return Refusal("413 Content Too Large", what)
    return None


def guarded(application: Application, port: int, token: str) -> Application:
    """Return an application that refuses what `refusal` says, and sets `HEADERS` everywhere."""

    def answer(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            own = {name.lower() for name, _ in HEADERS}
            others = [header for header in headers if header[0].lower() not in own]
            return start_response(status, [*others, *HEADERS], *more)

        refused = refusal(environ, port, token)
        if refused is None:
            return application(environ, start)
        body = json.dumps({"error": refused.why}).encode()
        kind = ("Content-Type", "application/json")
        start(refused.status, [kind, ("Content-Length", str(len(body)))])
        return [body]

    return answer
