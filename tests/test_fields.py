"""Every field of every real capture is read, or is left for a reason that `tests/fields.json` gives.

A field counts as read where another value in it changes what the source says. `fields.json` holds for each source
the fields that are read, and under each reason those that are left; `[]` stands for every item of a list.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import needs_shared, said
from test_captures import PIECES, SOURCES, captures

from pipeline.fetching.payload import PayloadError, bundle

FIELDS: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "fields.json").read_text())
SCRIPT = re.compile(r'(<script type="application/ld\+json">)(.*?)(</script>)', re.DOTALL)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every value that holds no other: its path, and where it stands (the container and the key)."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in items:
        here = f"{path}[]" if isinstance(value, list) else f"{path}.{key}" if path else str(key)
        if isinstance(inner, dict | list) and inner:
            yield from leaves(inner, here)
        else:
            yield here, value, key


def another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}x" if isinstance(value, str) else "x"


def read(file: str, body: bytes) -> list[Any]:
    payload = bundle([(PIECES[file], body)]) if file in PIECES else body
    try:
        return [said(item) for item in SOURCES[file.split("/")[0]].read(payload)]
    except PayloadError:
        return ["not a payload of this source"]


def in_json(file: str, text: str) -> Iterator[tuple[str, bool]]:
    """Each field of a JSON capture, or of the JSON-LD of a page, and whether it is read."""
    script = SCRIPT.search(text)
    document = json.loads(script[2] if script else text)
    before = read(file, text.encode())
    for path, container, key in list(leaves(document)):
        kept = container[key]
        container[key] = another(kept)
        changed = json.dumps(document)
        body = SCRIPT.sub(lambda found: found[1] + changed + found[3], text) if script else changed  # noqa: B023
        yield path, read(file, body.encode()) != before
        container[key] = kept


def in_xml(file: str, text: str) -> Iterator[tuple[str, bool]]:
    """Each element of an XML capture that holds text, and whether it is read."""
    root = ElementTree.fromstring(text)
    before = read(file, ElementTree.tostring(root))
    for element in root.iter():
        if len(element) == 0:
            kept, element.text = element.text, f"{element.text or ''}x"
            yield element.tag, read(file, ElementTree.tostring(root)) != before
            element.text = kept


def found_in(source: str) -> dict[str, bool]:
    """Every field of a source's captures, and whether it is read anywhere."""
    found: dict[str, bool] = {}
    for name, file in sorted(captures().items()):
        if not name.startswith(f"{source}/"):
            continue
        text = file.read_text()
        of_file = in_xml if text.lstrip().startswith("<?xml") or "<workzag-jobs" in text else in_json
        for path, is_read in of_file(name, text):
            found[path] = found.get(path, False) or is_read
    return found


@needs_shared
@pytest.mark.parametrize("source", sorted(FIELDS))
def test_every_field_is_read_or_left_for_a_reason(source: str) -> None:
    found = found_in(source)
    assert sorted(path for path, is_read in found.items() if is_read) == FIELDS[source]["read"]
    left = sorted(path for paths in FIELDS[source]["left"].values() for path in paths)
    assert sorted(path for path, is_read in found.items() if not is_read) == left


@needs_shared
def test_every_source_with_a_capture_has_its_fields_listed() -> None:
    assert {name.split("/")[0] for name in captures()} == set(FIELDS)
