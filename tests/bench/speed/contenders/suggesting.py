"""Finds the names that are meant in documents, and says in JSON how many mentions it weighed.

    python -P suggesting.py FILE ...

`seconds` are CPU seconds, without the start and the loading of the names: reading is over when they
begin, but the matcher has yet to be built.
"""

import json
import sys
from pathlib import Path
from time import process_time

from cleaner import load_rules
from cleaner.formats import for_name
from cleaner.names.gazetteer import known_names
from cleaner.names.mentions import find_mentions
from cleaner.names.suggest import Finder

names = known_names(load_rules())
documents = {}
for path in sys.argv[1:]:
    documents[path] = for_name(path).read(Path(path).read_text(encoding="utf-8"))
mentions = sum(len(find_mentions(document)) for document in documents.values())
begun = process_time()
for path, document in documents.items():
    finder = Finder(names)
    finder.add(path, document, "auto")
    groups = finder.groups()
seconds = process_time() - begun
print(json.dumps({"mentions": mentions, "seconds": seconds, "names": len(names)}))
