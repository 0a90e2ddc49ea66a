"""The server of the page: what it answers, and what it refuses."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.errors import CleanerError
from cleaner.names.suggestion import Group, Member, Place
from cleaner.project.config import load
from cleaner.review import lookups, suggestions
from cleaner.review.desk import ProjectDesk
from cleaner.review.lookups import Lookup
from cleaner.review.project import Project
from cleaner.review.screen.commands import moved
from cleaner.review.screen.session import Move, Session, begin
from cleaner.review.screen.turn import answered, press
from cleaner.review.session import actions
from cleaner.review.session.effects import Accept, Answer, LookUp, Redo, Reject, Undo, carry_out
from cleaner.review.web.guard import LARGEST_BODY
from tests.cli.test_review import ARTICLE, DECISIONS, GROUPS, RULES, snapshot, text
from tests.command import USUAL, run
from tests.review.test_faults import refuse_writing
from tests.review.web.client import Client, Plain, Reply, Served, served

ZHANG, NAM, BUSAN = "zhang-zhongmou", "nam-gung-min", "busan"


LONE = 'kind: pattern\nrules:\n- id: stars\n  match: "[*]{4}"\n  replace: ""\n  message: stars\n'


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article and suggestions, and one rule, so that rules are read at once."""
    made = tmp_path_factory.mktemp("template")
    assert run("init", cwd=made)[0] == 0
    config = made / "cleaner.toml"
    config.write_text("bundled = false\n" + config.read_text(encoding="utf-8"), encoding="utf-8")
    (made / "rules/lone.yaml").write_text(LONE, encoding="utf-8")
    (made / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (made / suggestions.PATH).parent.mkdir(exist_ok=True)
    (made / suggestions.PATH).write_text(suggestions.render(GROUPS), encoding="utf-8")
    return made


@pytest.fixture
def folder(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "project"
    shutil.copytree(template, copy)
    monkeypatch.chdir(copy)
    return copy


@pytest.fixture
def there(folder: Path) -> Iterator[Served]:
    with served(folder) as running:
        yield running


@pytest.fixture
def page(there: Served) -> Client:
    return there.client()


# -- who is answered


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "evil.example"}, id="foreign host"),
        pytest.param({"Host": "127.0.0.1"}, id="host without a port"),
        pytest.param({"Host": "127.0.0.1.evil.example:PORT"}, id="host that only begins right"),
        pytest.param({"Host": None}, id="no host"),
        pytest.param({"Origin": "http://evil.example"}, id="foreign origin"),
        pytest.param({"Origin": "null"}, id="origin of a sandbox"),
        pytest.param({"Origin": "http://127.0.0.1:1"}, id="origin of another port"),
        pytest.param({"Origin": "https://127.0.0.1:PORT"}, id="origin of another scheme"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, id="sent by a foreign page"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, id="sent by another port"),
        pytest.param({"Sec-Fetch-Site": "none"}, id="typed into the address bar"),
        pytest.param({"X-Cleaner-Token": None}, id="no token"),
        pytest.param({"X-Cleaner-Token": ""}, id="empty token"),
        pytest.param({"X-Cleaner-Token": "x" * 43}, id="wrong token"),
        pytest.param({"X-Cleaner-Token": "\xe9"}, id="token that is not ASCII"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nobody_but_the_page_is_answered(
    headers: Mapping[str, str | None], method: str, page: Client, folder: Path
) -> None:
    before = snapshot(folder)
    port = str(page.port)
    sent = {key: value and value.replace("PORT", port) for key, value in headers.items()}
    body = json.dumps({"revision": page.seen["revision"], "action": "reject", "group": BUSAN})
    if method == "GET":
        reply = page.send("GET", "/api/state", headers=sent)
    else:
        reply = page.send("POST", "/api/act", body.encode(), sent)
    assert reply.status == 403
    assert list(reply.json) == ["error"]
    assert page.token not in reply.body.decode()
    assert snapshot(folder) == before


def test_the_token_counts_only_in_its_header(page: Client) -> None:
    path = f"/api/state?token={page.token}&X-Cleaner-Token={page.token}"
    cookie = {"X-Cleaner-Token": None, "Cookie": f"token={page.token}"}
    assert page.send("GET", path, headers=cookie).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_page_is_answered(host: str, page: Client) -> None:
    own = {"Host": f"{host}:{page.port}", "Origin": f"http://{host}:{page.port}"}
    own["Sec-Fetch-Site"] = "same-origin"
    assert page.send("GET", "/api/state", headers=own).status == 200


@pytest.mark.parametrize("path", ["/", "/page.css", "/api/state", "/none", "/api/none"])
def test_every_answer_forbids_framing_and_foreign_scripts(path: str, page: Client) -> None:
    headers = page.send("GET", path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    for wanted in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"):
        assert wanted in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert not any(name.lower().startswith("access-control") for name in headers)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        pytest.param("GET", f"/api/act?action=reject&group={BUSAN}", id="act"),
        pytest.param("GET", "/api/fix?backup=true", id="fix"),
        pytest.param("GET", "/api/quit", id="quit"),
        pytest.param("DELETE", "/api/state", id="delete"),
        pytest.param("OPTIONS", "/api/act", id="preflight"),
        pytest.param("PUT", "/api/act", id="put"),
    ],
)
def test_only_post_changes_anything(
    method: str, path: str, there: Served, page: Client, folder: Path
) -> None:
    before = snapshot(folder)
    assert page.send(method, path).status == 405
    assert snapshot(folder) == before
    assert there.thread.is_alive()


@pytest.mark.parametrize(
    "path",
    [
        "/../server.py",
        "/%2e%2e/server.py",
        "/..%2fserver.py",
        "/page/index.html",
        "/__init__.py",
        "/api/document/..%2f..%2fetc%2fpasswd",
        "/api/document/-1",
        "/api/document/99",
        "/api/cleaned/99",
        "/api/trial/..%2f..%2fa.txt",
        "/api/diff/none",
        f"/api/document/{'9' * 400}",
    ],
)
def test_no_path_leads_elsewhere(path: str, page: Client) -> None:
    reply = page.send("GET", path)
    assert (reply.status, list(reply.json)) == (404, ["error"])


GOOD = json.dumps({"revision": "", "action": "undo"}).encode()


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        pytest.param(413, b"{}", {"Content-Length": str(LARGEST_BODY + 1)}, id="too large"),
        pytest.param(413, b"{}", {"Content-Length": "9" * 30}, id="a length beyond everything"),
        pytest.param(400, b"{}", {"Content-Length": None}, id="no length"),
        pytest.param(400, b"{}", {"Content-Length": "-1"}, id="a negative length"),
        pytest.param(400, b"{}", {"Transfer-Encoding": "chunked"}, id="chunks"),
        pytest.param(400, GOOD, {"Content-Type": "text/plain"}, id="a form of a foreign page"),
        pytest.param(400, GOOD, {"Content-Type": None}, id="no type"),
        pytest.param(400, b"", {}, id="nothing"),
        pytest.param(400, b"{", {}, id="half"),
        pytest.param(400, b"[" * 100_000, {}, id="deep"),
        pytest.param(400, b"\xff\xfe", {}, id="not UTF-8"),
        pytest.param(400, b"[]", {}, id="a list"),
        pytest.param(400, b"null", {}, id="null"),
        pytest.param(400, b"{}", {}, id="no action"),
        pytest.param(400, b'{"action": "undo"}', {}, id="no revision"),
    ],
)
def test_a_body_that_is_no_request_is_refused(
    status: int, body: bytes, headers: Mapping[str, str | None], page: Client, folder: Path
) -> None:
    before = snapshot(folder)
    reply = page.send("POST", "/api/act", body, headers)
    assert (reply.status, list(reply.json)) == (status, ["error"])
    assert snapshot(folder) == before
    assert page.send("GET", "/api/state").status == 200


@pytest.mark.parametrize(
    ("status", "action", "arguments"),
    [
        pytest.param(400, "accept", {"group": 1}, id="an id that is a number"),
        pytest.param(400, "accept", {"group": "x" * 1001}, id="a long id"),
        pytest.param(400, "explode", {"group": BUSAN, "form": 0}, id="no such action"),
        pytest.param(404, "accept", {"group": "../../x"}, id="no such group"),
        pytest.param(404, "drop", {"group": ZHANG, "form": 9, "in": False}, id="no such form"),
        pytest.param(400, "drop", {"group": ZHANG, "form": True, "in": False}, id="form true"),
        pytest.param(404, "drop", {"group": ZHANG, "form": -1, "in": False}, id="form -1"),
        pytest.param(400, "drop", {"group": ZHANG, "form": 0, "in": "no"}, id="in as a text"),
        pytest.param(
            404, "keep", {"group": ZHANG, "form": 0, "place": 9, "kept": True}, id="no such place"
        ),
        pytest.param(400, "level", {"group": ZHANG, "level": "off"}, id="no such level"),
        pytest.param(400, "evidence", {"group": ZHANG, "when": "x"}, id="evidence as a text"),
        pytest.param(
            400, "evidence", {"group": ZHANG, "when": [1], "everywhere": False}, id="number"
        ),
        pytest.param(404, "report_done", {"report": "x", "done": True}, id="no such report"),
        pytest.param(404, "accept_all", {"groups": ["x"]}, id="no such groups"),
        pytest.param(422, "name", {"group": ZHANG, "canonical": "Ma\x1b"}, id="a control"),
        pytest.param(422, "accept", {"group": NAM}, id="no name"),
        pytest.param(422, "filter", {"text": "nobody"}, id="a filter that matches nothing"),
    ],
)
def test_what_makes_no_sense_changes_nothing(
    status: int, action: str, arguments: dict[str, object], page: Client, folder: Path
) -> None:
    before, state = snapshot(folder), page.state()
    reply = page.act(action, **arguments)
    assert reply.status == status, reply.body
    assert reply.json["error"]
    assert snapshot(folder) == before
    assert page.state() == state


# -- what a reader sees of texts that mean harm

HOSTILE = "</script><img src=x onerror=alert(1)>\x1b[31m\u202e\u200b\U000e0041"


def test_nothing_of_a_file_reaches_the_page_as_it_is(folder: Path) -> None:
    name = f"a{HOSTILE.replace('/', '')}.txt"
    line = f"{HOSTILE} Jang Jung-mou {HOSTILE} spoke in Hsinchu,, {HOSTILE}"
    (folder / name).write_text(line + "\n", encoding="utf-8")
    start = line.index("Jang")
    member = Member(
        "Jang Jung-mou",
        1,
        0.9,
        why=HOSTILE.replace("\x1b", ""),
        places=(Place(name, 1, 1, line, start),),
    )
    word = HOSTILE.replace("\x1b", "")  # which no file of suggestions can hold in a name
    hostile = Group("x", f"Zhang{word}", (member,), "person", {"zh": word}, (word,), (word,))
    (folder / suggestions.PATH).write_text(suggestions.render([hostile]), encoding="utf-8")
    lookup = Lookup(name.replace("\x1b", ""), "1:1", word, word, word, "2026-11-30")
    lookups.keep(folder / lookups.PATH, [lookup])
    with served(folder) as running:
        page = running.client()
        answers: list[Reply] = []
        for path in ("state", "document/0", "trial/x", "diff/x", "preview", "cleaned/0"):
            answers.append(page.send("GET", f"/api/{path}"))
        answers.append(page.act("accept", group="x"))
    for answer in answers:
        assert answer.headers["Content-Type"] == "application/json"
        shown = json.dumps(answer.json, ensure_ascii=False)
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202e\u200b\U000e0041]", shown), shown
        assert not re.search(r"\\u00[01]", shown.replace("\\n", "")), shown


# -- decisions


def decide(folder: Path, *steps: tuple[str, dict[str, object]]) -> dict[str, bytes]:
    """Return the files after a page has taken some steps."""
    with served(folder) as running:
        page = running.client()
        for action, arguments in steps:
            assert page.act(action, **arguments).status == 200
    return snapshot(folder)


def press_keys(folder: Path, keys: list[str]) -> dict[str, bytes]:
    """Return the files after keys in a terminal."""
    project = Project(load(folder))
    session = begin(project.pending().groups)
    desk = ProjectDesk(project, session.groups)
    for key in keys:
        move = press(session, key)
        session = move.session
        for effect in move.effects:
            assert isinstance(effect, Accept | Reject | Undo | Redo | LookUp)
            try:
                answer = carry_out(effect, desk)
            except Exception as error:
                answer = Answer(str(error), refused=True)
            session = answered(session, effect, answer)
    return snapshot(folder)


WAYS = [
    pytest.param("a", [("accept", {"group": ZHANG})], id="accept"),
    pytest.param("r", [("reject", {"group": ZHANG})], id="reject"),
    pytest.param(
        "3xa",
        [("drop", {"group": ZHANG, "form": 2, "in": False}), ("accept", {"group": ZHANG})],
        id="drop",
    ),
    pytest.param(
        "Ea",
        [
            ("evidence", {"group": ZHANG, "when": [], "everywhere": True}),
            ("accept", {"group": ZHANG}),
        ],
        id="in every text",
    ),
    pytest.param(
        "la",
        [("level", {"group": ZHANG, "level": "suggest"}), ("accept", {"group": ZHANG})],
        id="level",
    ),
    pytest.param(
        ["j", "e", *"Nam", "enter", "a"],
        [("name", {"group": NAM, "canonical": "Nam"}), ("accept", {"group": NAM})],
        id="name",
    ),
    pytest.param(
        "3na",
        [
            ("keep", {"group": ZHANG, "form": 2, "place": 0, "kept": True}),
            ("accept", {"group": ZHANG}),
        ],
        id="not here",
    ),
    pytest.param(
        "aruUu", [("accept", {"group": ZHANG}), ("skip", {"group": NAM})], id="undo and redo"
    ),
    pytest.param("Ay", [("accept_all", {"groups": [ZHANG, NAM, BUSAN]})], id="accept the rest"),
    pytest.param("Ry", [("reject_all", {"groups": [ZHANG, NAM, BUSAN]})], id="reject the rest"),
    pytest.param("S", [("skip_all", {"groups": [ZHANG, NAM, BUSAN]})], id="skip the rest"),
]


@pytest.mark.parametrize(("keys", "steps"), WAYS)
def test_both_faces_write_the_same_bytes(
    keys: str | list[str],
    steps: list[tuple[str, dict[str, object]]],
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    other = tmp_path_factory.mktemp("other")
    for name, data in snapshot(folder).items():
        (other / name).parent.mkdir(parents=True, exist_ok=True)
        (other / name).write_bytes(data)
    assert decide(folder, *steps) == press_keys(other, list(keys))


def test_undo_and_redo_are_exact(page: Client, folder: Path) -> None:
    states = [snapshot(folder)]
    for action, group in (("accept", ZHANG), ("reject", BUSAN), ("skip", NAM)):
        page.act(action, group=group)
        states.append(snapshot(folder))
    assert page.seen["can_undo"].startswith("Skip")
    for wanted in reversed(states[:-1]):
        assert page.act("undo").status == 200
        assert snapshot(folder) == wanted
    assert page.seen["can_undo"] == ""
    for wanted in states[1:]:
        assert page.act("redo").status == 200
        assert snapshot(folder) == wanted
    assert page.seen["progress"] == {
        "decided": 2,
        "total": 3,
        "accepted": 1,
        "rejected": 1,
        "skipped": 1,
    }


def test_what_was_changed_meanwhile_is_neither_undone_nor_done_again(
    page: Client, folder: Path
) -> None:
    page.act("accept", group=ZHANG)
    ours = text(folder, RULES)
    changed = ours.replace("level: fix", "level: suggest")
    assert changed != ours
    (folder / RULES).write_text(changed, encoding="utf-8")
    page.state()
    before = snapshot(folder)
    reply = page.act("undo")
    assert reply.status == 422
    assert "“zhang-zhongmou” was changed since by somebody else" in reply.json["error"]
    assert snapshot(folder) == before
    (folder / RULES).write_text(ours, encoding="utf-8")
    page.state()
    assert page.act("undo").status == 200
    (folder / RULES).write_text(changed, encoding="utf-8")
    page.state()
    before = snapshot(folder)
    assert page.act("redo").status == 422
    assert snapshot(folder) == before


def test_undo_and_redo_keep_what_others_did_meanwhile(page: Client, folder: Path) -> None:
    page.act("drop", group=ZHANG, form=2, **{"in": False})
    page.act("accept", group=ZHANG)
    assert run("accept", NAM, "--as", "Namgung Min", cwd=folder)[0] == 0
    assert run("reject", BUSAN, cwd=folder)[0] == 0
    theirs = snapshot(folder)
    page.state()
    assert page.act("undo").status == 200
    assert page.seen["message"]["text"] == "Taken back: Zhang Zhongmou is not decided."
    assert "Zhang Zhongmou" not in text(folder, RULES)
    assert "canonical: Namgung Min" in text(folder, RULES)
    assert "Jang Jungmo" not in text(folder, DECISIONS)
    assert "form: Busan\n" in text(folder, DECISIONS)
    assert [group["status"] for group in page.seen["groups"]] == ["", "accepted", "rejected"]
    (pending,) = Project(load(folder)).pending().groups
    assert pending == GROUPS[0]
    assert page.act("redo").status == 200
    assert page.seen["message"]["text"] == "Done again: Zhang Zhongmou is accepted."
    after = snapshot(folder)
    assert after[suggestions.PATH.as_posix()] == theirs[suggestions.PATH.as_posix()]
    for name in (RULES, DECISIONS):
        assert sorted(after[name].splitlines()) == sorted(theirs[name].splitlines())
    assert run("rules", "lint", RULES, cwd=folder)[0] == 0


def test_what_others_took_back_already_is_taken_back(page: Client, folder: Path) -> None:
    page.act("reject", group=BUSAN)
    page.act("reject", group=ZHANG)
    assert run("decisions", "take-back", "busan-pusan", cwd=folder)[0] == 0
    page.state()
    assert page.act("undo").status == 200
    assert page.act("undo").status == 200
    assert text(folder, DECISIONS).endswith("decisions: []\n")
    assert len(Project(load(folder)).pending().groups) == len(GROUPS)


def test_a_page_that_is_behind_is_told_so(there: Served, folder: Path) -> None:
    one, other = there.client(), there.client()
    assert one.act("accept", group=ZHANG).status == 200
    before = snapshot(folder)
    reply = other.act("reject", group=ZHANG)
    assert reply.status == 409
    assert reply.json["state"] == one.state()
    assert snapshot(folder) == before
    # What the other one did to another name is no hindrance.
    assert other.act("reject", group=BUSAN).status == 200
    assert other.group(ZHANG)["status"] == "accepted"
    assert one.act("undo").status == 409
    assert one.post("/api/fix", backup=False).status == 409


def test_what_another_terminal_decides_is_seen(page: Client, folder: Path) -> None:
    revision = page.seen["revision"]
    assert run("accept", ZHANG, cwd=folder)[0] == 0
    assert run("reject", BUSAN, cwd=folder)[0] == 0
    assert page.get(f"/api/events?revision={revision}")["revision"] != revision
    page.state()
    assert page.group(ZHANG)["status"] == "accepted"
    assert page.group(BUSAN)["status"] == "rejected"
    assert page.act("accept", group=ZHANG).status == 422
    assert run("decisions", "take-back", "busan-pusan", cwd=folder)[0] == 0
    assert page.act("undo").status in (409, 422)


def test_many_pages_at_once_lose_nothing(folder: Path) -> None:
    line = "Jang Aa{0} met Jang Bb{0} in Hsinchu."
    groups: list[Group] = []
    for number in range(12):
        context = line.format("abcdefghijkl"[number])
        form = context.split(" met")[0]
        places = (Place("a.txt", 1, 1, context, 0),)
        groups.append(Group(f"g-{number}", f"Zhang {number}x", (Member(form, 1, places=places),)))
    (folder / suggestions.PATH).write_text(suggestions.render(groups), encoding="utf-8")
    with served(folder) as running:
        pages = [running.client() for _ in groups]

        def reject(page: Client, group: Group) -> None:
            assert page.act("reject", group=group.id).status == 200

        threads = [
            threading.Thread(target=reject, args=pair) for pair in zip(pages, groups, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert pages[0].state()["progress"]["rejected"] == len(groups)
    for group in groups:
        assert f"form: {group.members[0].form}\n" in text(folder, DECISIONS)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_full_disk_decides_nothing(
    number: int, page: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.act("drop", group=ZHANG, form=2, **{"in": False})
    before = snapshot(folder)
    refuse_writing(monkeypatch, number)
    reply = page.act("accept", group=ZHANG)
    monkeypatch.undo()
    assert (reply.status, "No space left" in reply.json["error"]) == (507, True)
    after = snapshot(folder)
    assert after[suggestions.PATH.as_posix()] == before[suggestions.PATH.as_posix()]
    page.state()
    assert page.group(ZHANG)["status"] == ""
    assert page.act("accept", group=ZHANG).status == 200
    assert text(folder, RULES).count("- id: ") == 1


def test_a_broken_rules_file_is_told_and_left_alone(page: Client, folder: Path) -> None:
    (folder / RULES).write_text("kind: nme\n", encoding="utf-8")
    before = snapshot(folder)
    page.state()
    reply = page.act("accept", group=ZHANG)
    assert (reply.status, "did you mean" in reply.json["error"]) == (422, True)
    assert snapshot(folder) == before


def test_reports_are_ticked_off_and_back(folder: Path) -> None:
    one = Lookup("a.txt", "1:1", "x/y", "words,, more", "something was lost", "2026-11-30")
    other = one._replace(place="3:1")
    lookups.keep(folder / lookups.PATH, [one, other])
    before = snapshot(folder)
    with served(folder) as running:
        page = running.client()
        first = page.seen["reports"][0]
        assert page.seen["documents"][0]["to_look_up"] == 2
        page.act("report_done", report=first["id"], done=True)
        assert [report["done"] for report in page.seen["reports"]] == [True, False]
        ticked, left = lookups.read_lookups(folder / lookups.PATH)
        assert (ticked.key, bool(ticked.done), left) == (one.key, True, other)
        page.act("undo")
        assert snapshot(folder) == before
        page.act("redo")
        page.act("report_done", report=first["id"], done=False)
        assert lookups.read_lookups(folder / lookups.PATH) == (one, other)
        page.act("report_done", report=first["id"], done=True)
    with served(folder) as running:
        assert [report["done"] for report in running.client().seen["reports"]] == [True, False]


LOST = """\
kind: residue
rules:
- id: left
  match: left, and
  message: who left?
"""
LOSS = """\
kind: pattern
rules:
- id: stayed
  match: stayed
  replace: remained
  message: stayed
- id: firm
  match: firm
  replace: company
  level: suggest
  message: perhaps a company
"""


def test_what_the_texts_report_is_on_the_list_and_stays_ticked_off(folder: Path) -> None:
    (folder / "rules/lost.yaml").write_text(LOST, encoding="utf-8")
    (folder / "rules/loss.yaml").write_text(LOSS, encoding="utf-8")
    with served(folder) as running:
        page = running.client()
        running.sitting.prepare()
        (report,) = page.state()["reports"]
        wanted = {"document": 0, "place": "7:19", "text": "left, and", "message": "who left?"}
        assert report.items() >= wanted.items()
        assert page.seen["documents"][0]["to_look_up"] == 1
        blocks = page.get("/api/document/0")["blocks"]
        parts = [part for block in blocks for part in block["parts"]]
        assert [part["text"] for part in parts if part.get("report") == report["id"]] == [
            "left, and"
        ]
        (suggested,) = [part for part in parts if part.get("state") == "suggested"]
        assert (suggested["text"], suggested["instead"]) == ("firm", "company")
        assert "after" not in suggested
        before = snapshot(folder)
        assert page.act("report_done", report=report["id"], done=True).status == 200
        page.act("report_done", report=report["id"], done=False)
        assert page.seen["reports"][0]["done"] is False
        page.act("undo")
        page.act("undo")
        assert snapshot(folder) == before
        page.act("redo")
        page.state()
        page.post("/api/fix", backup=False)
    (folder / "a.txt").write_text("\n" + text(folder, "a.txt"), encoding="utf-8")
    with served(folder) as running:
        page = running.client()
        running.sitting.prepare()
        (report,) = page.state()["reports"]
        assert (report["done"], page.seen["documents"][0]["to_look_up"]) == (True, 0)


# -- documents, and the end


def test_a_document_is_shown_as_a_reader_sees_it(page: Client) -> None:
    document = page.get("/api/document/0")
    assert (document["name"], document["format"]) == ("a.txt", "txt")
    shown = [
        "".join(part["text"] for part in block["parts"]).strip() for block in document["blocks"]
    ]
    assert shown == ARTICLE.strip().split("\n\n")
    forms = [part for block in document["blocks"] for part in block["parts"] if "group" in part]
    assert [part["text"] for part in forms if part["group"] == ZHANG] == [
        "Jang Jung-mou",
        "Jeong Jungmow",
        "Jang Jungmo",
    ]
    first = forms[0]
    assert (first["form"], first["place"], first["after"]) == (0, 0, "Zhang Zhongmou")
    assert (first["state"], first["line"], first["column"]) == ("open", 1, 15)
    page.act("drop", group=ZHANG, form=0, **{"in": False})
    page.act("keep", group=ZHANG, form=1, place=0, kept=True)
    page.act("reject", group=BUSAN)
    blocks = page.get("/api/document/0")["blocks"]
    states = {
        part["text"]: part["state"]
        for block in blocks
        for part in block["parts"]
        if "group" in part
    }
    assert (states["Jang Jung-mou"], states["Jeong Jungmow"]) == ("dropped", "kept")
    assert states["Busan"] == "rejected"


def test_a_large_document_is_sent_in_parts(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.review.web.views.MOST_CODE_POINTS", 50)
    blocks: list[object] = []
    following: int | None = 0
    while following is not None:
        part = page.get(f"/api/document/0?from={following}")
        assert part["blocks"]
        blocks += part["blocks"]
        following = part.get("more")
    monkeypatch.undo()
    assert blocks == page.get("/api/document/0")["blocks"]
    assert page.send("GET", "/api/document/0?from=-1").status == 400


def test_the_loop_ends_with_the_files_cleaned(page: Client, folder: Path) -> None:
    page.act("drop", group=ZHANG, form=2, **{"in": False})
    page.act("accept", group=ZHANG)
    preview = page.get("/api/preview")
    assert preview["files"] == [{"name": "a.txt", "fixes": 2, "refused": ""}]
    assert preview["rules"][0]["fixes"] == 2
    changed = "-The chairman, Jang Jung-mou, spoke in Hsinchu on Tuesday."
    assert changed in preview["diff"][0]["lines"]
    cleaned = page.get("/api/cleaned/0")["text"]
    assert text(folder, "a.txt") == ARTICLE
    done = page.post("/api/fix", backup=True).json
    assert (done["written"], done["refused"], done["kept"]) == (["a.txt"], [], ["a.txt.orig"])
    assert ".orig" in done["way_back"]
    wanted = ARTICLE.replace("Jang Jung-mou", "Zhang Zhongmou")
    wanted = wanted.replace("Jeong Jungmow", "Zhang Zhongmou")
    assert text(folder, "a.txt") == cleaned == wanted
    assert text(folder, "a.txt.orig") == ARTICLE
    assert page.get("/api/preview")["diff"] == []


def test_quitting_and_waiting_end_the_server(folder: Path) -> None:
    with served(folder) as running:
        assert running.client().post("/api/quit").status == 200
        running.thread.join(10)
        assert not running.thread.is_alive()
    with served(folder, idle=0.3) as running:
        running.thread.join(10)
        assert not running.thread.is_alive()


@pytest.mark.parametrize(
    ("end", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (None, 0)], ids=str
)
def test_the_command(end: signal.Signals | None, code: int, folder: Path) -> None:
    (folder / suggestions.PATH).unlink()
    command = [sys.executable, "-m", "cleaner", "review", "--web", "--no-open", "a.txt"]
    with subprocess.Popen(
        command, cwd=folder, env=USUAL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        url = process.stdout.readline().decode().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#([\w-]{43})", url)
        assert found
        page = Client(int(found[1]), found[2])
        assert [one["name"] for one in page.state()["documents"]] == ["a.txt"]
        if end is None:
            page.post("/api/quit")
        else:
            os.kill(process.pid, end)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (code, b"")
    assert b"Traceback" not in err
    assert page.token.encode() not in err


# -- what a page puts together

SENT: Mapping[str, Plain] = {
    "accept": {},
    "reject": {},
    "skip": {},
    "name": {"canonical": "Nam Il"},
    "drop": {"form": 0, "in": False},
    "keep": {"form": 0, "place": 0, "kept": True},
    "evidence": {"when": ["Hsinchu"], "everywhere": False},
    "level": {"level": "suggest"},
    "undo": {},
    "redo": {},
}


def put_together(known: Plain, answer: Plain) -> Plain:
    """Return the state that a page has after an answer with only the groups that were changed."""
    if "brief" not in answer:
        return answer
    changed = {group["id"]: group for group in answer["groups"]}
    groups = [changed.get(group["id"], group) for group in known["groups"]]
    return {**{key: answer[key] for key in answer.keys() - {"brief"}}, "groups": groups}


@settings(max_examples=15, deadline=None)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["one page", "other page"]),
            st.sampled_from(sorted(SENT)),
            st.sampled_from([ZHANG, NAM, BUSAN]),
        )
        | st.tuples(st.just("terminal"), st.just("reject"), st.sampled_from([NAM, BUSAN])),
        max_size=14,
    )
)
def test_what_changed_adds_up_to_the_whole(
    template: Path, steps: list[tuple[str, str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        shutil.copytree(template, folder)
        with served(folder) as running:
            pages = {"one page": running.client(), "other page": running.client()}
            for who, action, id_ in steps:
                if who == "terminal":
                    project = Project(load(folder))
                    for group in project.pending().groups:
                        if group.id == id_:
                            carry_out(Reject(group), ProjectDesk(project, [group]))
                    continue
                page = pages[who]
                known = page.seen
                sent = {"group": id_, "brief": True, **SENT[action]}
                answer = page.post("/api/act", action=action, **sent).json
                whole = page.state()
                if "error" in answer:
                    answer = answer.get("state", whole)
                assert put_together(known, answer) == whole


# -- keys and actions, mixed

KEYS = ["a", "r", "s", "x", "l", "E", "n", "j", "k", "down", "u", "u", "U", "S", "A", "R", "y"]


def carry(session: Session, move: Move, desk: ProjectDesk) -> Session:
    """Return the session after the effects of a key were carried out in the files."""
    for effect in move.effects:
        assert isinstance(effect, Accept | Reject | Undo | Redo | LookUp)
        try:
            answer = carry_out(effect, desk)
        except CleanerError as error:
            answer = Answer(str(error), refused=True)
        session = answered(session, effect, answer)
        if answer.refused and isinstance(effect, Undo | Redo):
            break
    return session


def act_on(session: Session, action: str, number: int) -> Move:
    """Do what a page would ask for."""
    session, group = session.next_turn(), session.groups[number % len(session.groups)]
    match action:
        case "accept":
            return moved(actions.accept(session, group))
        case "reject":
            return moved(actions.reject(session, group))
        case "name":
            return moved(actions.name(session, group, "Nam Il"))
        case "undo":
            return moved(actions.undo(session))
        case "redo":
            return moved(actions.redo(session))
    return moved(actions.evidence(session, group, ["Hsinchu"], everywhere=bool(number)))


@settings(max_examples=15, deadline=None)
@given(
    steps=st.lists(
        st.sampled_from(KEYS)
        | st.tuples(
            st.sampled_from(["accept", "reject", "name", "evidence", "undo", "redo"]),
            st.integers(0, 2),
        ),
        max_size=14,
    )
)
def test_files_always_equal_what_the_statuses_say(
    template: Path, steps: list[str | tuple[str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        shutil.copytree(template, folder)
        before = snapshot(folder)
        project = Project(load(folder))
        session = begin(project.pending().groups)
        desk = ProjectDesk(project, session.groups)
        for step in steps:
            move = press(session, step) if isinstance(step, str) else act_on(session, *step)
            session = carry(move.session, move, desk)
            settled = {group.id for group in session.groups if session.is_settled(group)}
            pending = {group.id for group in project.pending().groups}
            assert pending == {group.id for group in session.groups} - settled
            rules = text(folder, RULES)
            assert rules.count("- id: ") == session.count("accepted")
        while session.history:
            move = moved(actions.undo(session.next_turn()))
            session = carry(move.session, move, desk)
        assert snapshot(folder) == before
