"""Applies thirty patterns to files, one after the other, as one would without a tool.

    python -P sequential.py all|none IN OUT [IN OUT ...]

With `none`, the files are read, decoded, encoded and written. What each step takes is printed in
JSON, in CPU seconds.
"""

import json
import sys
from pathlib import Path
from time import process_time

import regex

PATTERNS = [
    (r"(\w),{2,} ", r"\1, "),
    (r"\.(?: \.)+(?=\s)", "."),
    (r"(?<=\w) +([,;:])", r"\1"),
    (r"(?<=[.!?,])  +(?=\w)", " "),
    (r"``([^`'\n]+?),?''", r"“\1”"),
    (r"(?<=[a-z])['’]([A-Za-z][^'’\n]{2,60})['’](?=[\s,.;]) ", r" ‘\1’ "),
    (r"\b(a|an|the|of|as|in|called)['’](\w[^'’\n]*)['’]", r"\1 ‘\2’"),
    (r"([a-z])([.!?])([A-Z][a-z])", r"\1\2 \3"),
    (r'" ([^"\n]+) "', r'"\1"'),
    (r"(\w)(\([\u4E00-\u9FFF]+\))", r"\1 \2"),
    (r"\[[^\]\n]*[\uAC00-\uD7A3][^\]\n]*\]", ""),
    (r"(?m)^\[[^\]\n]+=[^\]\n]+\]$", ""),
    (r"(?m)^[©ⓒ].*$", ""),
    (r"(?im)^.*(?:unauthori[sz]ed reproduction|all rights reserved).*$", ""),
    (r"(?m)^(.{40,})\n\n\1$", r"\1"),
    (r"\b([A-Z]\w+) and \1\b", r"\1"),
    (r"\b(\w+) \1\b", r"\1"),
    (r"\bon the (\d+)(?:st|nd|rd|th) \(local time\)", r"on the \1th"),
    (r"\b(\d{1,2}): (\d{2})\b", r"\1:\2"),
    (r"\bAntgroup\b", "Ant Group"),
    (r"\bMa-?[Ww]in\b(?!-)", "Ma Yun"),
    (r"\bState Council (?:Newspaper|Information) Offices?\b", "State Council Information Office"),
    (r"\u00A0+", " "),
    (r"[\u200B\uFEFF\u00AD]", ""),
    (r"\s*\[email\s?protected\]", ""),
    (r"(?m)[ \t]+$", ""),
    (r"\n{3,}", "\n\n"),
    (r"(\d)\s?%p\b", r"\1 percentage points"),
    (r"(?i)\breporter (\w+) (\w+) = ", r"\1 \2, "),
    (r"\b([A-Z][a-z]+) = correspondent ([A-Z][\w-]+ [A-Z][\w-]+)", r"\2, \1 correspondent"),
]

which, *paths = sys.argv[1:]
rules = [(regex.compile(match), replace) for match, replace in PATTERNS if which == "all"]
said = {"read": 0.0, "clean": 0.0, "write": 0.0}
for source, target in zip(paths[::2], paths[1::2], strict=True):
    begun = process_time()
    text = Path(source).read_bytes().decode()
    read = process_time()
    for match, replace in rules:
        text = match.sub(replace, text)
    cleaned = process_time()
    Path(target).write_bytes(text.encode())
    written = process_time()
    said["read"] += read - begun
    said["clean"] += cleaned - read
    said["write"] += written - cleaned
print(json.dumps(said))
