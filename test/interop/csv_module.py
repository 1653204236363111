"""Reads and writes logs with Python's csv module; speaks JSON on standard input and output."""

import csv
import json
import sys

csv.field_size_limit(sys.maxsize)

QUOTING = {
    "minimal": csv.QUOTE_MINIMAL,
    "all": csv.QUOTE_ALL,
    "nonnumeric": csv.QUOTE_NONNUMERIC,
}


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file, strict=True))


def write(request):
    options = {"quoting": QUOTING[request["quoting"]]}
    if request["line_end"] is not None:
        options["lineterminator"] = request["line_end"]
    with open(request["path"], "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=request["header"], **options)
        writer.writeheader()
        writer.writerows(request["rows"])
    return read(request["path"])


requests = json.load(sys.stdin)
json.dump([read(r["path"]) if "rows" not in r else write(r) for r in requests], sys.stdout)
