"""What a refusal may not change."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

PASSING = ("-wal", "-shm", ".lock")
"""Ends of names that come and go with whoever has a project open."""


def contents(folder: Path) -> dict[str, str]:
    """Every file below ``folder`` by its hash, and every database by its rows."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if name.endswith(PASSING):
            continue
        if path.is_dir():
            found[name] = "folder"
        elif path.suffix == ".sqlite":
            found[name] = _digest("\n".join(rows(path)).encode())
        else:
            found[name] = _digest(path.read_bytes())
    return found


def rows(database: Path) -> list[str]:
    # Without a log nobody has it open: then not even a read-only folder keeps SQLite from reading.
    how = "mode=ro" if database.with_name(f"{database.name}-wal").exists() else "mode=ro&immutable=1"
    with closing(sqlite3.connect(f"file:{database}?{how}", uri=True)) as connection:
        return list(connection.iterdump())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
