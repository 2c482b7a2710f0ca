"""The version of a project's tables: found, refused when newer, backed up and migrated when older."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from facelabel import __version__
from facelabel.errors import NewerSchemaError, StoreError
from facelabel.store import database
from facelabel.store.failures import in_words
from facelabel.store.migrations import REVISIONS

HEAD = REVISIONS[-1]
_SHARED, _IMMUTABLE = "mode=ro", "mode=ro&immutable=1"


def examine(path: Path) -> str:
    """The revision of a project file, found without leaving a trace beside it.

    Raises NewerSchemaError, or StoreError for a file that is no project's, damaged, or cannot be read where it is.
    """
    with in_words(path):
        # Without a log nobody has the file open: SQLite may skip the shared memory that it would leave in the folder.
        revision = _revision(path, reading_query(path) if _log(path).exists() else _IMMUTABLE)
    if revision is None:
        raise StoreError("this is not the database of a facelabel project", where=path, cure="choose another folder")
    if revision not in REVISIONS:
        raise NewerSchemaError(
            f"its tables are of version {revision}, this facelabel {__version__} knows them up to version {HEAD}",
            where=path.parent,
            cure="update facelabel: pip install --upgrade facelabel",
        )
    return revision


def reading_query(path: Path) -> str:
    """How to open a file just to read it: as one that nobody changes where SQLite cannot make its shared memory.

    Raises StoreError when part of it stands in a write-ahead log that cannot be read in such a folder.
    """
    try:
        with in_words(path), closing(database.connect(path, _SHARED)) as connection:
            connection.execute("select name from sqlite_master").close()
    except StoreError as error:
        if getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF not in (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
        ):
            raise
        if _log(path).exists() and _log(path).stat().st_size:
            raise StoreError(
                "its last changes are in the write-ahead log, which cannot be read in a read-only folder",
                where=path,
                cure="copy the whole project to a folder that you may write, and open it there",
            ) from None
        return _IMMUTABLE
    return _SHARED


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _revision(path: Path, query: str) -> str | None:
    with closing(database.connect(path, query)) as connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
        if not {"alembic_version", "project"} <= tables:
            return None
        row = connection.execute("select version_num from alembic_version").fetchone()
        return None if row is None else str(row[0])


def create(path: Path, *, network: bool) -> None:
    """An empty database with the tables of today, made by the same revisions that migrate older ones."""
    path.touch(exist_ok=False)
    _upgrade(path, HEAD, network)


def migrate(path: Path, found: str, backups: Path, *, network: bool) -> Path:
    """Bring ``path`` from revision ``found`` to HEAD. Returns the backup that was made first.

    The revisions run in one transaction, so that a failure leaves the file as it was; it raises StoreError.
    """
    saved = _back_up(path, backups / f"project-{found}-{datetime.now():%Y%m%d-%H%M%S}.sqlite")
    try:
        _upgrade(path, HEAD, network)
    except StoreError:
        raise
    except Exception as error:
        raise StoreError(
            f"its tables could not be brought from version {found} to {HEAD}, and are as they were: {error}",
            where=path,
            cure=f"report this with the backup {saved}; the facelabel that wrote the project still opens it",
        ) from error
    return saved


def _back_up(path: Path, target: Path) -> Path:
    fresh = target.with_suffix(".part")
    try:
        with in_words(path):
            target.parent.mkdir(exist_ok=True)
            fresh.unlink(missing_ok=True)
            with closing(database.connect(path)) as source, closing(sqlite3.connect(fresh)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE").close()
            os.replace(fresh, target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    return target


def _upgrade(path: Path, target: str, network: bool) -> None:
    # Off while tables are rebuilt, checked after: https://sqlite.org/lang_altertable.html, section 7.
    engine = database.engine(path, network=network, foreign_keys=False)
    try:
        with in_words(path), engine.execution_options(writes=True).begin() as connection:
            run(connection, target)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise StoreError(
                    f"the migration would leave {len(broken)} rows without the row they belong to", where=path
                )
    finally:
        engine.dispose()


def run(connection: Connection, target: str = HEAD) -> None:
    """Alembic's ``upgrade`` to ``target`` over an open connection, in the transaction that it is in."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "facelabel.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
