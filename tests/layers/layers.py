"""Fails when a file of src/ breaks the design's table of rooms. Usage: layers.py [ROOT]"""

import pathlib
import re
import sys

from table import (BANNED_HEADERS, BANNED_WORDS, EFFECT_FOLDERS, EFFECTS, LIBRARIES, LONG_BECAUSE, LONGEST,
                   NOT_IN_CORE_HEADERS, PURE, ROOMS)

USING = re.compile(r"^using [\w:]+::(\w+);$")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def own_include(src, room, header):
    """An include in quotes: a file of a room that this room may include."""
    if "/" not in header or not (src / header).is_file():
        return f'"{header}" is no file of src/; own headers are named from there, as "room/file.hpp"'
    other = header.split("/")[0]
    if room not in (None, other) and other not in ROOMS[room]:
        return f'{room}/ may not include {other}/ ("{header}")'
    return None


def foreign_include(room, is_header, header):
    """An include in angle brackets: the standard library, the system, or a library in its room."""
    if header in BANNED_HEADERS:
        return f"<{header}>: {BANNED_HEADERS[header]}"
    first = header.split("/")[0]
    if first in LIBRARIES:
        rooms, headers_too = LIBRARIES[first]
        if rooms is not None and room not in rooms:
            return f"<{header}> belongs to {' '.join(sorted(rooms))}/ alone"
        if is_header and not headers_too:
            return f"<{header}> is for .cpp files"
        if is_header and room == "core" and first in NOT_IN_CORE_HEADERS:
            return f"<{header}> in a header of core/"
        return None
    if room in PURE and (header in EFFECTS or first in EFFECT_FOLDERS):
        return f"<{header}> brings an effect into {room}/, which is pure"
    if "/" in header and first not in EFFECT_FOLDERS:
        return f"<{header}>: a library that no room is named for"
    return None


def unused_names(lines):
    """(line, complaint) for names that a file takes to itself and does not use. clang-tidy, which reads a room as one file, does not see them."""
    taken = {found.group(1): number for number, line in enumerate(lines, 1) if (found := USING.match(line))}
    rest = "\n".join(line for line in lines if not USING.match(line))
    for name, number in taken.items():
        if not re.search(rf"(?<!::)\b{name}\b", rest):
            yield number, f"{name}: nothing here uses it"


def file_complaints(src, path):
    """(line, complaint) for one file."""
    parts = path.relative_to(src).parts
    room = parts[0] if len(parts) > 1 else None
    if room is None and path.name != "main.cpp":
        yield 1, "only main.cpp stands loose in src/"
    elif room is not None and room not in ROOMS:
        yield 1, f"no room of the table is called {room}"
        return
    is_header = path.suffix == ".hpp"
    lines = path.read_text(encoding="utf-8").splitlines()
    if is_header and "#pragma once" not in lines:
        yield 1, "a header without #pragma once"
    name = "src/" + path.relative_to(src).as_posix()
    if len(lines) > LONGEST and name not in LONG_BECAUSE:
        yield len(lines), f"{len(lines)} lines, at most {LONGEST} without a reason in table.py"
    if not is_header:
        yield from unused_names(lines)
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        if found:
            own = found.group(1) == '"'
            complaint = own_include(src, room, found.group(2)) if own else foreign_include(room, is_header, found.group(2))
            if complaint:
                yield number, complaint
        for word, reason in BANNED_WORDS.items():
            hit = re.search(word, line)
            if hit:
                yield number, f"{hit.group(0)}: {reason}"


def complaints(root):
    """Every breach below root/src, as `file:line: what`."""
    src = root / "src"
    files = sorted(p for p in src.rglob("*") if p.suffix in (".cpp", ".hpp", ".h", ".cc"))
    if not files:
        yield f"{src}: no sources"
    for path in files:
        for line, what in file_complaints(src, path):
            yield f"{path.relative_to(root)}:{line}: {what}"
    for name, reason in LONG_BECAUSE.items():
        path = root / name
        if not path.is_file() or len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST:
            yield f"tests/layers/table.py: {name} is not long any more ({reason})"


if __name__ == "__main__":
    top = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    found = list(complaints(top))
    print("\n".join(found) or "every include is as the table has it")
    sys.exit(1 if found else 0)
