"""A server in a thread, and a client that sends what no browser would send, too."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.project.config import load
from cleaner.review.project import Project
from cleaner.review.web.server import Server
from cleaner.review.web.sitting import Sitting

Plain = dict[str, Any]


class Reply(NamedTuple):
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Plain:
        """The body as JSON."""
        found: Plain = json.loads(self.body)
        return found


class Client:
    """A page: it knows the port and the token, and the state that it saw last."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token
        self.seen: Plain = {}

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Reply:
        """Send a request as the page does; of `headers`, None leaves one out."""
        own: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}",
            "X-Cleaner-Token": self.token,
            "Content-Type": "application/json" if body is not None else None,
            "Content-Length": str(len(body)) if body is not None else None,
        }
        given = {**own, **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def state(self) -> Plain:
        """Ask for the state."""
        self.seen = self.send("GET", "/api/state").json
        return self.seen

    def get(self, path: str) -> Plain:
        """Ask for something."""
        return self.send("GET", path).json

    def post(self, path: str, **arguments: object) -> Reply:
        """Send arguments with the revision that was seen last."""
        whole = {"revision": self.seen.get("revision", ""), **arguments}
        return self.send("POST", path, json.dumps(whole).encode())

    def act(self, action: str, **arguments: object) -> Reply:
        """Do something, and remember the state after it."""
        reply = self.post("/api/act", action=action, **arguments)
        if reply.status == 200:
            self.seen = reply.json
        return reply

    def group(self, id_: str) -> Plain:
        """Return a group as it was seen last."""
        (found,) = (group for group in self.seen["groups"] if group["id"] == id_)
        return dict(found)


class Served(NamedTuple):
    """A running server, with its parts."""

    server: Server
    sitting: Sitting
    thread: threading.Thread

    def client(self) -> Client:
        """Open another page."""
        client = Client(self.server.port, self.server.url.partition("#")[2])
        client.state()
        return client


@contextmanager
def served(folder: Path, *, idle: float = 0) -> Iterator[Served]:
    """Serve the review of a folder."""
    sitting = Sitting(Project(load(folder)))
    server = Server(sitting, idle=idle)

    def run() -> None:
        server.run()
        sitting.lock.release()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield Served(server, sitting, thread)
    finally:
        if thread.is_alive():
            server.stop()
        thread.join(30)
