"""Words of lists: what columns are called, and what kinds of names are called."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

# What a column holds. `canonical` and `target` are right forms in English, `source` is what they
# are forms of, `name` may be either; `info` is a remark that may say the kind. Of `other` columns
# it is known that they say nothing about forms.
Role: TypeAlias = Literal[
    "canonical", "target", "source", "name", "zh", "ko", "kana", "kind", "info", "aliases", "with",
    "variants", "other",
]  # fmt: skip

_COLUMNS: dict[Role, str] = {
    "canonical": "canonical english en eng english-name name-en en-name en-us en-gb right correct "
    "corrected expected official preferred to "
    "영문 영어 英文 英语 英語",
    "target": "target dst translation translated tl target-term target-text tgt trans 译文 翻译 "
    "译名 中文 번역 번역어 訳語 訳文 translation-en after replacement",
    "source": "source src original raw source-term source-text orig wrong incorrect garbled from "
    "before 原文 日文 원문 원어 pattern misspelled error mistake",
    "name": "name term word entry headword text 词条 이름 용어",
    "ko": "ko korean hangul hangeul kor kr korean-name name-ko ko-kr 한글 한국어 국문 韩文 韩语",
    "zh": "zh chinese hanzi hanja kanji cn zho chi zh-cn zh-tw zh-hans zh-hant chinese-name "
    "name-zh characters han simplified traditional 한자 중국어 汉字 漢字",
    "kana": "ja japanese jp jpn kana katakana hiragana ja-jp 일본어 日语 日本語",
    "kind": "kind type category class entity-type tag group label 类型 类别 分类 種類 "
    "종류 유형 분류",
    "info": "info note notes comment comments remark remarks description desc definition "
    "explanation gender sex 备注 注释 说明 解释 性别 비고 메모 설명 성별 備考",
    "aliases": "aliases alias alternatives alternative alternates alternate also synonyms synonym "
    "aka other-names alt 别名 별칭 이명",
    "with": "with companions",
    "variants": "variants variant garbles garbled-forms misspellings 변형 오기",
    "other": "id no num number index frequency count freq occurrences occurrence hits regex "
    "case-sensitive context contexts example examples romanization romanisation romaji pinyin "
    "reading pronunciation source-lang target-lang date status url link hash summary "
    "dst-choices info-choices is-regex enabled confidence score 频次 出现次数 次数 빈도 횟수 頻度",
}  # fmt: skip
_ROLES: dict[str, Role] = {word: role for role, words in _COLUMNS.items() for word in words.split()}

_KINDS = {
    "person": "person people per persons name character characters human male female man woman boy "
    "girl m f 人名 人物 角色 角色名 男 女 男性 女性 姓名 男人 女人 사람 인물 인명 남 여 남성 여성 "
    "남자 여자 캐릭터 キャラ キャラクター",
    "organisation": "organisation organization org orgs organisations organizations company "
    "corporation group team club institution agency party 组织 组织名 组织机构 机构 公司 团体 "
    "組織 会社 기관 단체 조직 회사 기업 문파 门派",
    "place": "place places loc location locations gpe geo geographic city country region 地名 地点 "
    "地区 场所 국가 도시 지명 장소 지역 場所",
    "work": "work works book film song drama show game 作品 书名 작품 책",
    "title": "title titles rank honorific 称谓 称号 头衔 职位 칭호 직함 직책 호칭",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_PARTS = re.compile(r"[,;，、；/|()（）]")


def role_of(column: str) -> Role | None:
    """Return what a column of this name holds, None if the name is not known.

    >>> role_of("Source Term"), role_of("colour")
    ('source', None)
    """
    plain = re.sub(r"[\s_:.-]+", "-", column.strip().lower()).strip("-")
    return _ROLES.get(plain)


def kind_of(text: str) -> str:
    """Return the kind of name that a text says, "" if it says none.

    >>> kind_of("Location"), kind_of("female, student"), kind_of("a sword")
    ('place', 'person', '')
    """
    for part in _PARTS.split(text.lower()):
        kind = _KIND_OF.get(part.strip())
        if kind:
            return kind
    return ""
