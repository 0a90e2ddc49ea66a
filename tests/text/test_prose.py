"""Running text: kinds of blocks, and words that must stay as they are."""

from __future__ import annotations

import pytest

from cleaner.text.edits import Span
from cleaner.text.prose import block_kind, may_hold_verbatim, verbatim_spans

LONG = (
    "This sentence is so long that it has to be a paragraph all by itself, or the end of one. " * 3
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("Alibaba under fire", "headline", id="headline"),
        pytest.param("It was a hard week.", "paragraph", id="paragraph"),
        pytest.param("Alibaba\nunder fire", "paragraph", id="two lines"),
        pytest.param(LONG, "paragraph", id="long paragraph"),
        pytest.param("A gate in Hangzhou. [AP=연합뉴스]", "caption", id="caption"),
        pytest.param(f"{LONG}[AP=연합뉴스]", "caption", id="long caption"),
        pytest.param("The year in numbers. Graphic = Yoon Seo-ah", "caption", id="graphic"),
        pytest.param("[뉴시스]", "credit", id="credit"),
        pytest.param("Beijing = correspondent Lim Do-hyun", "byline", id="byline"),
        pytest.param("He is a correspondent.", "paragraph", id="a sentence is no byline"),
        pytest.param("\N{COPYRIGHT SIGN} Some Paper. All rights reserved", "notice", id="notice"),
    ],
)
def test_block_kind(text: str, kind: str) -> None:
    assert block_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "verbatim"),
    [
        pytest.param("see https://a.org/x?y=z, and", ["https://a.org/x?y=z,"], id="URL"),
        pytest.param("see www.a.org/x now", ["www.a.org/x"], id="URL without a scheme"),
        pytest.param("to a.b+c@d-e.org now", ["a.b+c@d-e.org"], id="e-mail address"),
        pytest.param("by @ma_win-2 now", ["@ma_win-2"], id="handle"),
        pytest.param("the #AntGroup tag", ["#AntGroup"], id="hashtag"),
        pytest.param("on Hankyung.com now", ["Hankyung.com"], id="site"),
        pytest.param("in notes.final.txt now", ["notes.final.txt"], id="file"),
        pytest.param("in /home/x/y.z now", ["/home/x/y.z"], id="path"),
        pytest.param("in ~/x or so", ["~/x"], id="path from home"),
        pytest.param("in C:\\a\\b now", ["C:\\a\\b"], id="Windows path"),
        pytest.param("run `rm x` now", ["`rm x`"], id="code"),
        pytest.param("`a` or `b`", ["`a`", "`b`"], id="code twice"),
        pytest.param("so ``weak-dam,'' he said", [], id="TeX quotes are not code"),
        pytest.param("he said.The and/or U.S. 3/4", [], id="prose"),
    ],
)
def test_verbatim_spans(text: str, verbatim: list[str]) -> None:
    found = list(verbatim_spans(text, Span(0, len(text))))
    assert [span.of(text) for span in found] == verbatim
    code = [piece for piece in verbatim if piece.startswith("`")]
    if verbatim != code:
        assert may_hold_verbatim(text)


LOCKED = [
    # hosts, and what is on them
    "antgroup.com/Antgroup",
    "Antgroup.com:8080/x",
    "antgroup.de/Antgroup/x.y",
    "Antgroup.github.io/x",
    "www.Antgroup.com/x",
    "Antgroup:8080",
    "localhost:3000",
    "10.0.0.1",
    "10.0.0.1:80/Antgroup",
    "2001:db8::8a2e:370:7334",
    "1:2:3:4:5:6:7:8",
    "fe80::1",
    # other addresses
    "s3://Antgroup/x",
    "mailto:Antgroup",
    "tel:+82-2-555",
    "root@Antgroup",
    "git@github.com:Antgroup/x.git",
    "x?id=Antgroup&b=Antgroup",
    # paths
    "Antgroup/readme.md",
    "Antgroup/index.html",
    "src/Antgroup/main.py",
    "a/b.md",
    "Antgroup.md",
    "Antgroup/antchain",
    "antchain/Antgroup",
    "Antgroup/src/main",
    "Antgroup/src/",
    "Antgroup/x",
    "Antgroup/v2",
    "Antgroup/README",
    "Antgroup/LICENSE",
    "Antgroup/",
    "my_app/Antgroup",
    "C:/Antgroup/x",
    "C:\\Antgroup\\x",
    "\\\\server\\Antgroup\\x",
    "docs\\Antgroup.md",
    "/home/Antgroup/x",
    "~/Antgroup",
    "../Antgroup",
    # tags
    "#Antgroup",
    "##Antgroup",
    "\N{FULLWIDTH NUMBER SIGN}Antgroup",
    "@Antgroup",
    "\N{FULLWIDTH COMMERCIAL AT}Antgroup",
    # variables and identifiers
    "$Antgroup",
    "${Antgroup}",
    "%Antgroup%",
    "%(Antgroup)s",
    "{Antgroup}",
    "{ant.Antgroup}",
    "ns::Antgroup",
    "Antgroup::open",
    "Antgroup()",
    "bank.Antgroup()",
    "--antgroup",
    "--name=Antgroup",
    # places in files and on hosts
    "//Antgroup/share",
    "2001:db8::1/Antgroup",
    "fe80::1/Antgroup",
    "page.html#Antgroup",
    "Antgroup:~/x",
    "Antgroup:/etc/passwd",
    "@scope/Antgroup",
    "key=Antgroup&x=1",
    "$(Antgroup)",
    "$env:Antgroup",
    "%%Antgroup%%",
    "\\Antgroup",
    ":Antgroup:",
]
NOT_LOCKED = [
    "and/or",
    "Ma Win/Marwin",
    "Marwin/Alibaba",
    "AP/Yonhap",
    "Photo: Marwin/AP",
    "(Marwin/Newsis)",
    "Marwin/founder",
    "Marwin/co-founder",
    "founder/CEO",
    "Beijing/Seoul",
    "either/Marwin",
    "Marwin/ Alibaba",
    "he/she/they",
    "a.m./p.m.",
    "Mr./Ms. Marwin",
    "24/7",
    "3/4",
    "Marwin: 30",
    "Marwin:Alibaba",
    "10:30",
    "10:30:45",
    "14: 40",
    "Marwin::",
    "50% of",
    "$3 billion",
    "US$3",
    "Marwin (AP)",
    "Marwin(AP)",
    "--Marwin",
    "said--Marwin",
    "Marwin? Yes",
    "x = Marwin",
    "he said.The",
    "“Marwin”/“Alibaba”",
    "C: Marwin",
    "Marwin \\ Alibaba",
    "# Marwin",
    "Marwin @ Alibaba",
    "Marwin’s/Alibaba’s",
    "photo=Marwin",
    "A & B = Marwin",
    "Q: Marwin: why?",
    "30% Marwin 40%",
    "US$(Marwin)",
    "<Marwin>",
]


@pytest.mark.parametrize("around", ["{}", "see {} now", "({})", "“{}”", "see {}, now", "see {}."])
@pytest.mark.parametrize("locked", LOCKED)
def test_what_is_locked(locked: str, around: str) -> None:
    if locked.startswith(("--", "x?")) and around not in {"{}", "see {} now"}:
        return  # an option and a query begin behind white space
    text = around.format(locked)
    found = list(verbatim_spans(text, Span(0, len(text))))
    start = text.index(locked)
    assert any(span.covers(Span(start, start + len(locked))) for span in found)
    assert may_hold_verbatim(locked)
    # What surrounds it stays free, but for a full stop that may belong to it.
    assert all(span.of(text).strip(".,”)") == locked.strip(".,”)") for span in found)


@pytest.mark.parametrize("around", ["{}", "see {} now", "({})", "“{}”", "see {}, now", "see {}."])
@pytest.mark.parametrize("prose", NOT_LOCKED)
def test_what_is_not_locked(prose: str, around: str) -> None:
    text = around.format(prose)
    assert list(verbatim_spans(text, Span(0, len(text)))) == []
