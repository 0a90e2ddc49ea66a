"""The server of the page: on 127.0.0.1, for one review, until the reviewer leaves.

Reading is GET, every change is POST. What reaches a function here has passed `guard`.
"""

from __future__ import annotations

import json
import secrets
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from socketserver import ThreadingMixIn
from time import monotonic
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import bottle

from cleaner.errors import CleanerError, RefusedError, fault
from cleaner.project.revision import CHANGED_SINCE
from cleaner.project.writing import CHANGED
from cleaner.reading import read_file
from cleaner.review.session import actions
from cleaner.review.session.effects import LEVELS
from cleaner.review.session.model import Review, Turn
from cleaner.review.web import fixing, views
from cleaner.review.web.guard import guarded
from cleaner.review.web.sitting import (
    BehindError,
    NotFoundError,
    RefusedActionError,
    Sitting,
)
from cleaner.text.visible import visible

HOST = "127.0.0.1"
_PAGE = Path(__file__).parent / "page"
_MOST = 1_000_000  # bytes of a file of the page
_KINDS = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_LONGEST_WAIT = 20.0  # seconds that a page waits for news
_WATCH = 1.0  # seconds between two looks at how long nobody has asked for anything
_LONGEST_TEXT = 1_000  # code points of a name, a phrase or a filter

Plain = dict[str, Any]
Action = Callable[[Review], Turn[Review]]


class BadRequestError(CleanerError):
    """A request is not what the page would send."""


class Server:
    """A server of one review.

    Attributes:
        url: the address to open; the token is behind the `#`, so it is never sent as an address.
    """

    def __init__(self, sitting: Sitting, port: int = 0, *, idle: float = 0) -> None:
        """Listen on a port of this machine; nothing is answered before `run`.

        Args:
            sitting: the review.
            port: the port; 0 takes a free one.
            idle: seconds without a request after which the server ends; 0 for never.

        Raises:
            OSError: the port is taken.
        """
        self._sitting = sitting
        self._idle = idle
        self._asked = monotonic()  # when the last request came
        self._token = secrets.token_urlsafe(32)
        self._page = _page()
        self._http = _Http((HOST, port), _Handler)
        self.port: int = self._http.server_port
        self.url = f"http://{HOST}:{self.port}/#{self._token}"
        self._http.set_app(self._counting(guarded(self._application(), self.port, self._token)))

    def run(self) -> None:
        """Answer requests until the page quits, nobody asks any more, or a signal comes.

        A decision that is being written is finished first, and none begins after that.
        """
        threading.Thread(target=self._sitting.prepare, daemon=True).start()
        if self._idle:
            threading.Thread(target=self._watch, daemon=True).start()
        try:
            self._http.serve_forever(poll_interval=0.1)
        finally:
            self._http.server_close()
            self._sitting.lock.acquire()

    def stop(self) -> None:
        """End `run`; may be called from any thread but that of `run`."""
        self._http.shutdown()

    def _watch(self) -> None:
        pause = threading.Event()
        while monotonic() - self._asked < self._idle:
            pause.wait(min(_WATCH, self._idle))
        self.stop()

    def _counting(self, application: Any) -> Any:
        def answer(environ: Plain, start_response: Any) -> Any:
            self._asked = monotonic()
            return application(environ, start_response)

        return answer

    # -- the routes

    def _application(self) -> bottle.Bottle:
        app = bottle.Bottle()
        sitting = self._sitting
        app.get("/", callback=lambda: self._static("index.html"))
        app.get("/<name>", callback=self._static)
        self._reads(app, "/api/state", lambda: sitting.state())
        self._reads(app, "/api/document/<id_:int>", self._document)
        self._reads(app, "/api/cleaned/<id_:int>", lambda id_: fixing.cleaned_text(sitting, id_))
        self._reads(app, "/api/trial/<id_>", lambda id_: {"remarks": sitting.trial(id_)})
        self._reads(app, "/api/diff/<id_>", lambda id_: {"lines": sitting.diff(id_)})
        self._reads(app, "/api/preview", lambda: fixing.preview(sitting))
        self._reads(app, "/api/events", self._events)
        app.post("/api/act", callback=self._answering(self._act))
        app.post("/api/fix", callback=self._answering(self._fix))
        app.post("/api/quit", callback=self._answering(self._quit))
        app.default_error_handler = lambda error: _json({"error": _sentence(error)})
        return app

    def _reads(self, app: bottle.Bottle, path: str, read: Callable[..., Plain]) -> None:
        app.get(path, callback=self._answering(read))

    def _answering(self, function: Callable[..., Plain]) -> Callable[..., bottle.HTTPResponse]:
        """Return a route that answers with what a function returns, or with its error."""

        def route(**arguments: Any) -> bottle.HTTPResponse:
            try:
                return _response(200, function(**arguments))
            except BehindError as error:
                return self._refused(409, error)
            except RefusedActionError as error:
                return self._refused(422, error)
            except (CleanerError, OSError) as error:
                return _response(_status(error), {"error": visible(_said(error))})
            except Exception as error:  # a fault that no test has found yet
                sys.stderr.write(f"{visible(fault(error))}\n")
                return _response(500, {"error": visible(fault(error))})

        return route

    def _refused(self, status: int, error: CleanerError) -> bottle.HTTPResponse:
        whole = {"error": visible(str(error)), "state": self._sitting.state()}
        return _response(status, whole)

    def _static(self, name: str) -> bottle.HTTPResponse:
        if name not in self._page:
            return _response(404, {"error": "there is nothing here"})
        kind = _KINDS[name.rpartition(".")[2]]
        return bottle.HTTPResponse(self._page[name], 200, {"Content-Type": kind})

    def _document(self, id_: int) -> Plain:
        first = bottle.request.query.get("from", "0")
        if not (first.isascii() and first.isdecimal() and len(first) < 10):
            raise BadRequestError("`from` is no number")
        return self._sitting.document(id_, int(first))

    def _events(self) -> Plain:
        revision = bottle.request.query.get("revision", "")
        return {"revision": self._sitting.wait_for_change(revision, _LONGEST_WAIT)}

    def _act(self) -> Plain:
        given = _Given(_body())
        name = given.text("action")
        with self._sitting.lock:
            self._sitting.refresh()
            action, touches = self._action(name, given)
            alone = name in ("undo", "redo")
            revision = given.text("revision")
            self._sitting.act(revision, action, touches, alone=alone)
            return self._sitting.state(revision if given.is_set("brief") else "")

    def _action(self, name: str, given: _Given) -> tuple[Action, Sequence[str]]:
        """Return what an action does to a review, and the ids of the groups that it is about.

        Raises:
            BadRequestError, NotFoundError: it makes no sense.
        """
        sitting = self._sitting
        match name:
            case "undo":
                return actions.undo, ()
            case "redo":
                return actions.redo, ()
            case "filter":
                wanted = given.text("text")
                return lambda review: actions.filtered(review, wanted), ()
            case "report_done":
                report, done = sitting.report(given.text("report")), given.flag("done")
                if report.done == done:
                    return lambda review: Turn(review), ()
                return lambda review: actions.look_up(review, report.lookup, done=done), ()
            case "accept_all" | "reject_all" | "skip_all":
                return self._bulk(name, given)
        group = sitting.group(given.text("group"))
        touches = (group.id,)
        match name:
            case "accept":
                return lambda review: actions.accept(review, group), touches
            case "reject":
                return lambda review: actions.reject(review, group), touches
            case "skip":
                return lambda review: actions.skip(review, group), touches
            case "name":
                canonical = given.text("canonical")
                return lambda review: actions.name(review, group, canonical), touches
            case "level":
                level = next((one for one in LEVELS if one == given.text("level")), None)
                if level is None:
                    raise BadRequestError(f"a level is one of {', '.join(LEVELS)}")
                return lambda review: actions.level(review, group, level), touches
            case "evidence":
                known = views.known_phrases(sitting.review, group)
                when = [known.get(phrase, phrase) for phrase in given.texts("when")]
                everywhere = given.flag("everywhere")
                return (
                    lambda review: actions.evidence(review, group, when, everywhere=everywhere),
                    touches,
                )
        member = sitting.member(group, given.number("form"))
        match name:
            case "drop":
                out = not given.flag("in")
                return lambda review: actions.drop(review, group, member.form, out=out), touches
            case "keep":
                number = given.number("place")
                if not 0 <= number < len(member.places):
                    raise NotFoundError("there is no such place any more")
                place = member.places[number]
            case "keep_at":
                line, column = given.number("line"), given.number("column")
                place = sitting.place_in(given.number("document"), line, column, member)
            case _:
                raise BadRequestError("there is no such action")
        kept = given.flag("kept")
        return (
            lambda review: actions.keep(review, group, member.form, place, kept=kept),
            touches,
        )

    def _bulk(self, name: str, given: _Given) -> tuple[Action, Sequence[str]]:
        groups = [self._sitting.group(id_) for id_ in dict.fromkeys(given.texts("groups"))]
        touches = [group.id for group in groups]
        if name == "reject_all":
            return lambda review: actions.reject_all(review, groups), touches
        if name == "skip_all":
            return lambda review: actions.skip_all(review, groups), touches
        doubtful = given.texts("doubtful", ())
        return lambda review: actions.accept_all(review, groups, doubtful), touches

    def _fix(self) -> Plain:
        given = _Given(_body())
        revision, backup = given.text("revision"), given.flag("backup")
        with self._sitting.lock:
            self._sitting.refresh()
            if self._sitting.is_behind(revision):
                raise BehindError("something was decided meanwhile; look at the preview again")
            return fixing.fix(self._sitting, backup=backup)

    def _quit(self) -> Plain:
        threading.Timer(0.1, self.stop).start()  # after this answer was sent
        return {}


class _Given:
    """The arguments of a request. Each is checked when it is asked for."""

    def __init__(self, arguments: Mapping[str, object]) -> None:
        self._arguments = arguments

    def is_set(self, key: str) -> bool:
        """Return whether something that may be left out is true."""
        return self._arguments.get(key) is True

    def text(self, key: str) -> str:
        """Return a text. Raises `BadRequestError` if it is none, or too long."""
        found = self._arguments.get(key)
        if not isinstance(found, str) or len(found) > _LONGEST_TEXT:
            raise BadRequestError(f"`{key}` has to be a text")
        return found

    def texts(self, key: str, default: Sequence[str] | None = None) -> Sequence[str]:
        """Return a list of texts. Raises `BadRequestError` if it is none."""
        found = self._arguments.get(key, default)
        if not isinstance(found, list | tuple):
            raise BadRequestError(f"`{key}` has to be a list")
        for item in found:
            if not isinstance(item, str) or len(item) > _LONGEST_TEXT:
                raise BadRequestError(f"`{key}` has to be a list of texts")
        return found

    def number(self, key: str) -> int:
        """Return a number. Raises `BadRequestError` if it is none."""
        found = self._arguments.get(key)
        if not isinstance(found, int) or isinstance(found, bool):
            raise BadRequestError(f"`{key}` has to be a number")
        return found

    def flag(self, key: str) -> bool:
        """Return true or false. Raises `BadRequestError` if it is neither."""
        found = self._arguments.get(key)
        if not isinstance(found, bool):
            raise BadRequestError(f"`{key}` has to be true or false")
        return found


def _body() -> Mapping[str, object]:
    """Return the arguments in the body of a request.

    Raises:
        BadRequestError: it is not an object of JSON.
    """
    environ = bottle.request.environ
    data = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise BadRequestError("the body is not JSON") from None
    if not isinstance(found, dict):
        raise BadRequestError("the body is not an object")
    return found


def _response(status: int, whole: Plain) -> bottle.HTTPResponse:
    return bottle.HTTPResponse(_json(whole), status, {"Content-Type": "application/json"})


def _json(whole: Plain) -> bytes:
    return json.dumps(whole, separators=(",", ":")).encode()


def _status(error: Exception) -> int:
    """Return the status of an error after which nothing has changed."""
    if isinstance(error, BadRequestError):
        return 400
    if isinstance(error, NotFoundError):
        return 404
    if isinstance(error, RefusedError):
        return 422 if error.why in (CHANGED, CHANGED_SINCE) else 507
    return 507 if isinstance(error, OSError) else 422


def _said(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return str(error)


def _sentence(error: bottle.HTTPError) -> str:
    """Return what to say about a request that no route answers."""
    bottle.response.content_type = "application/json"
    known = {404: "there is nothing here", 405: "this cannot be asked for in this way"}
    return known.get(error.status_code, "the request cannot be answered")


def _page() -> dict[str, bytes]:
    """Return the files of the page by their names. No other file can be asked for."""
    found: dict[str, bytes] = {}
    for file in sorted(_PAGE.iterdir()):
        if file.name.rpartition(".")[2] in _KINDS:
            found[file.name] = read_file(file, _MOST)
    return found


class _Http(ThreadingMixIn, WSGIServer):
    """A server with a thread for each request."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing if a page goes away before it has its answer."""


class _Handler(WSGIRequestHandler):
    timeout = 60  # seconds for the head and the body of a request

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: a log would hold addresses, and nobody reads it."""
