"""Right forms: what is no mistake however it is written."""

from __future__ import annotations

import pytest

from cleaner.names.name import Name
from cleaner.names.right import RightForms

NAMES = RightForms(
    [
        Name("Nguyen Phu Trong", "person"),
        Name("Shohei Ohtani", "person", "大谷翔平"),
        Name("Jiang Fan", "person", "蒋凡"),
        Name("Ma Yun", "person", "马云", aliases=("Jack Ma",)),
        Name("Tiananmen", "place"),
        Name("ByteDance", "organisation"),
    ]
)


@pytest.mark.parametrize(
    ("form", "canonical"),
    [
        pytest.param("Nguyễn Phú Trọng", "Nguyen Phu Trong", id="accents of Vietnamese"),
        pytest.param("Mǎ Yún", "Ma Yun", id="tone marks"),
        pytest.param("Ohtani Shohei", "Shohei Ohtani", id="family name first"),
        pytest.param("Ma Jack", "Ma Yun", id="an alias in the other order"),
        pytest.param("Fan Jiang", "", id="a Chinese name in the other order"),
        pytest.param("Tian’anmen", "Tiananmen", id="an apostrophe"),
        pytest.param("Bytedance", "ByteDance", id="other capitals"),
        pytest.param("Jack\nMa", "Ma Yun", id="a line end"),
        pytest.param("Mayun", "", id="joined"),
        pytest.param("Ma-yun", "", id="a hyphen"),
        pytest.param("Marwin", "", id="a garble"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_name_of_a_right_form(form: str, canonical: str) -> None:
    found = NAMES.name_of(form)
    assert (found.canonical if found else "") == canonical
    assert (form in NAMES) == bool(canonical)
