"""What SQLite and the file system say when they refuse, in words that a person can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from facelabel.errors import StoreError

_FULL = ("the disk is full; nothing of this step was saved", "make room on it, then do the step again")
_READ_ONLY = ("it cannot be written", "copy the project to a folder that you may write, or open it for reading only")
_BUSY = ("another program holds the database", "close that program, or wait until it has finished, then do it again")
_UNREADABLE = ("the database cannot be read", "check the permissions of the file and of its folder")
_DAMAGED = (
    "the database is damaged",
    "put back your own copy of the project, or the newest file of its backups folder",
)

_BY_CODE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _UNREADABLE,
    sqlite3.SQLITE_PERM: _UNREADABLE,
    sqlite3.SQLITE_AUTH: _UNREADABLE,
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_IOERR: (
        "the disk reported an error; nothing of this step was saved",
        "check that the disk is connected, healthy and not full, then open the project again",
    ),
}
_BY_ERRNO = {errno.ENOSPC: _FULL, errno.EDQUOT: _FULL, errno.EROFS: _READ_ONLY}


def store_error(error: BaseException, where: Path) -> StoreError | None:
    """The StoreError that says what ``error`` means for the file ``where``; None when it is not the machine's doing."""
    if isinstance(error, DBAPIError):
        return store_error(error.orig, where) if error.orig is not None else None
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        said = None if code is None else _BY_CODE.get(code & 0xFF)
    elif isinstance(error, OSError):
        said = None if error.errno is None else _BY_ERRNO.get(error.errno)
    else:
        said = None
    return None if said is None else StoreError(said[0], where=where, cure=said[1])


@contextmanager
def in_words(where: Path) -> Iterator[None]:
    """Raises StoreError in place of what the disk or the database refused; any other exception passes as it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        told = store_error(error, where)
        if told is None:
            raise
        raise told from error
