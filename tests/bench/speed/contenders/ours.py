"""Cleans files as a command does, without its command line, and says in JSON what each step took.

    python -P ours.py all|given RULES|- IN OUT [IN OUT ...]

`all` are the bundled rules and those in the folder RULES, `given` are the latter alone. The steps
are in CPU seconds: `start` is the interpreter and the imports, `load` and `build` make the cleaner,
`read`, `clean` and `write` go from the files to the written results.
"""

import gc
import json
import sys
from pathlib import Path
from time import process_time

from cleaner import Cleaner, load_rules

gc.set_threshold(20_000)  # as in every command (see `cleaner.process`)
which, folder, *paths = sys.argv[1:]
folders = [] if folder == "-" else [folder]
start = process_time()
rules = load_rules(*folders, bundled=which == "all")
loaded = process_time()
ours = Cleaner(rules)
built = process_time()
said = {"start": start, "load": loaded - start, "build": built - loaded}
said |= {"read": 0.0, "clean": 0.0, "write": 0.0, "edits": 0, "findings": 0, "bytes": 0}
for source, target in zip(paths[::2], paths[1::2], strict=True):
    begun = process_time()
    data = Path(source).read_bytes()
    text = data.decode()
    read = process_time()
    result = ours.clean(text)
    cleaned = process_time()
    Path(target).write_bytes(result.text.encode())
    written = process_time()
    said["read"] += read - begun
    said["clean"] += cleaned - read
    said["write"] += written - cleaned
    said["edits"] += len(result.edits)
    said["findings"] += len(result.findings)
    said["bytes"] += len(data)
print(json.dumps(said))
