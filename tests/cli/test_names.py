"""`cleaner names` as a user runs it: a real process, line in, line out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run

NAMES = "Ma Yun\nJiang Fan\nXu Lin\nSun Tianqi\nJing Xiandong\nAnt Group\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "names.txt").write_text(NAMES, encoding="utf-8")
    return tmp_path


def test_link_answers_every_line_in_order(folder: Path) -> None:
    forms = ["Marwin", "Kim Min-soo", "", "Sun Tian-chi", "Ma Yun", "Jangfan"]
    code, out, err = run(
        "names",
        "link",
        "--names",
        "names.txt",
        "--format",
        "jsonl",
        cwd=folder,
        stdin="\n".join(forms).encode(),
    )
    assert (code, err) == (0, "")
    answers = [json.loads(line) for line in out.splitlines()]
    assert [answer["form"] for answer in answers] == forms
    firsts = [
        [candidate["canonical"] for candidate in answer["candidates"]][:1] for answer in answers
    ]
    assert firsts == [["Ma Yun"], [], [], ["Sun Tianqi"], [], ["Jiang Fan"]]
    first = answers[0]["candidates"][0]
    assert set(first) == {"canonical", "score", "strong", "why"}
    assert (first["strong"], first["why"]) == (
        False,
        "Marwin <- 마윈 <- Ma Yun [ㅁ=m ㅏ=a +r ㅟ=wi ㄴ=n]",
    )


def test_link_answers_before_the_next_question(folder: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "cleaner",
        "names",
        "link",
        "--names",
        "names.txt",
        "--format",
        "jsonl",
    ]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin and process.stdout
        for form in (b"Marwin\n", b"Shirin\n"):
            process.stdin.write(form)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["form"].encode() == form.strip()
        process.stdin.close()
        assert process.wait(timeout=30) == 0


def test_link_answers_what_comes_before_a_faulty_line(folder: Path) -> None:
    stdin = b"Marwin\nSun Tian-chi\nL\xfc\nMarwin\n"
    code, out, err = run("names", "link", "--names", "names.txt", cwd=folder, stdin=stdin)
    assert code == 2
    assert err.startswith("cleaner: <stdin>:3:2: byte 0xFC is not UTF-8")
    assert [line.split()[1] for line in out.splitlines()] == ["Marwin", "Sun"]


def test_link_with_the_bundled_names(folder: Path) -> None:
    code, out, _ = run("names", "link", cwd=folder, stdin=b"Jing Xian-dong\nLee Dae-hee\n")
    assert code == 0
    assert "Jing Xian-dong <- 징" in out.splitlines()[0]
    assert out.splitlines()[-1] == "   -  Lee Dae-hee"


@pytest.mark.parametrize(
    ("args", "stdin", "error"),
    [
        pytest.param(["--names", "none.txt"], b"", "none.txt: cannot be read", id="no-file"),
        pytest.param(
            ["--names", "bad.tsv"], b"", "bad.tsv:2:1: “persn” is not a kind of name", id="bad-line"
        ),
        pytest.param(["--names", "empty.txt"], b"", "empty.txt: the file has no names", id="empty"),
        pytest.param(
            ["--pivot", "ja"], b"", "there is no pivot “ja”; choose ko, none or auto", id="pivot"
        ),
        pytest.param(
            ["--names", "names.txt"],
            b"Ma\nL\xfc\n",
            "<stdin>:2:2: byte 0xFC is not UTF-8",
            id="stdin",
        ),
    ],
)
def test_link_says_what_is_wrong(folder: Path, args: list[str], stdin: bytes, error: str) -> None:
    (folder / "bad.tsv").write_text("canonical\tkind\nMa Yun\tpersn\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    code, _, err = run("names", "link", *args, cwd=folder, stdin=stdin)
    assert code == 2
    assert err.startswith(f"cleaner: {error}")
    assert err.count("\n") == 1


def test_odd_forms_get_an_answer_each(folder: Path) -> None:
    forms = [
        "a" * 1_000_000,
        "مايون",
        "\N{RIGHT-TO-LEFT OVERRIDE}Ma",
        "마윈",
        "\x00",
        '"',
        "Ma\\Win",
    ]
    code, out, err = run(
        "names",
        "link",
        "--names",
        "names.txt",
        "--format",
        "jsonl",
        cwd=folder,
        stdin="\n".join(forms).encode(),
    )
    assert (code, err) == (0, "")
    assert [json.loads(line)["form"] for line in out.splitlines()] == forms


def test_forms_come_with_their_path(folder: Path) -> None:
    code, out, _ = run("names", "forms", "Ma Yun", "--limit", "3", cwd=folder)
    assert code == 0
    assert out.splitlines()[0].startswith("Ma Win <- 마윈 <- Ma Yun (")
    assert len(out.splitlines()) == 3


def test_forms_as_json_by_characters(folder: Path) -> None:
    code, out, _ = run(
        "names",
        "forms",
        "Jiang Shuying",
        "--zh",
        "江疏影",
        "--format",
        "json",
        "--limit",
        "60",
        cwd=folder,
    )
    assert code == 0
    found = json.loads(out)
    assert found["name"] == "Jiang Shuying"
    assert {"강소영", "장수잉"} <= {form["through"] for form in found["forms"]}
    assert set(found["forms"][0]) == {"form", "cost", "through", "reading", "system"}


def test_forms_of_nothing(folder: Path) -> None:
    code, _, err = run("names", "forms", " ", cwd=folder)
    assert (code, err) == (
        2,
        "cleaner: the name is empty; give its canonical form, as in 'Ma Yun'\n",
    )


def test_forms_of_a_name_in_characters(folder: Path) -> None:
    code, _, err = run("names", "forms", "马云", cwd=folder)
    assert (code, err) == (
        2,
        "cleaner: “马云” has no Latin letter; give its canonical form, as in 'Ma Yun'\n",
    )
