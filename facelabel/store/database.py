"""One SQLite file, many threads: read transactions that see a snapshot, short write transactions one at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, ExceptionContext, QueuePool, create_engine, event
from sqlalchemy.orm import Session

from facelabel.errors import StoreError
from facelabel.store.failures import in_words

BUSY_SECONDS = 5.0
"""How long a statement waits for another process, such as a checkpoint or a backup program, before it gives up."""

_LOCAL = ("journal_mode=WAL",)
# Exclusive before the first access: then even a database that arrives in WAL mode needs no shared memory.
_NETWORK = ("locking_mode=EXCLUSIVE", "journal_mode=DELETE")
# fullfsync makes macOS flush the drive's own cache as well; no other system knows it.
_WRITER = ("synchronous=FULL", "fullfsync=ON", "checkpoint_fullfsync=ON")


def connect(path: Path, query: str = "mode=rw") -> sqlite3.Connection:
    """A connection without implicit transactions; ``query`` is that of SQLite's file URIs. Raises sqlite3.Error."""
    posix = path.absolute().as_posix()
    uri = (
        f"file://{'' if posix.startswith('/') and not posix.startswith('//') else '/'}{quote(posix, safe='/:')}?{query}"
    )
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)


def engine(path: Path, *, query: str = "mode=rw", network: bool = False, foreign_keys: bool = True) -> Engine:
    """Connections to the file. Transactions BEGIN as reads, those with the execution option ``writes`` as writes.

    On a network drive there is one connection, which locks the file against every other process.
    """
    writer = query == "mode=rw"
    pragmas = (*(_NETWORK if network else _LOCAL), *_WRITER) if writer else ()

    def fresh() -> sqlite3.Connection:
        connection = connect(path, query)
        try:
            for pragma in (*pragmas, f"foreign_keys={'ON' if foreign_keys else 'OFF'}"):
                connection.execute(f"PRAGMA {pragma}").close()
        except BaseException:
            connection.close()
            raise
        return connection

    limits: dict[str, Any] = {"pool_size": 1, "max_overflow": 0} if network else {"max_overflow": -1}
    # The connection that was used last knows most pages, and the others need not know them as well.
    made = create_engine("sqlite://", creator=fresh, poolclass=QueuePool, pool_use_lifo=True, **limits)
    event.listen(made, "begin", _begin)
    event.listen(made, "handle_error", _ended)
    return made


def _begin(connection: Connection) -> None:
    # sqlite3 begins none by itself here (isolation_level None), so that reads have a transaction too: a snapshot.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _ended(context: ExceptionContext) -> None:
    # On a full disk and the like SQLite ends the transaction by itself; what a careless caller wrote next would be kept
    # without the rest. Given up as disconnected, the connection takes nothing more until the session is rolled back.
    raw = None if context.connection is None else context.connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection) and not raw.in_transaction:
        context.is_disconnect, context.invalidate_pool_on_disconnect = True, False


class Database:
    """The sessions of one project file. Usable from any thread; each session belongs to the thread that opened it.

    A thread has one session at a time: ``reading`` inside another session of the same thread joins that one, so that
    functions compose; ``writing`` inside another session is a bug and raises RuntimeError.
    """

    def __init__(self, path: Path, *, query: str = "mode=rw", network: bool = False) -> None:
        self._path = path
        self._read_only = query != "mode=rw"
        self._engine = engine(path, query=query, network=network)
        self._writing_engine = self._engine.execution_options(writes=True)
        self._one_writer = threading.Lock()
        self._one_reader = self._one_writer if network else nullcontext()
        self._of_thread = threading.local()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A snapshot. Raises StoreError when the file cannot be read."""
        joined: Session | None = getattr(self._of_thread, "session", None)
        if joined is not None:
            yield joined
            return
        with self._one_reader, in_words(self._path), self._session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Commits at the end, rolls back on any exception. Raises StoreError when nothing could be saved."""
        if self._read_only:
            raise StoreError(
                "the project was opened for reading only",
                where=self._path.parent,
                cure="open it for writing to change it",
            )
        if getattr(self._of_thread, "session", None) is not None:
            raise RuntimeError("writing() inside another session of this thread: end that one first")
        with self._one_writer, in_words(self._path), self._session(self._writing_engine) as session:
            session.connection()
            yield session
            session.commit()

    @contextmanager
    def _session(self, bind: Engine) -> Iterator[Session]:
        # Rows stay readable after the session: they are handed to the window.
        with Session(bind, expire_on_commit=False) as session:
            self._of_thread.session = session
            try:
                yield session
            finally:
                self._of_thread.session = None

    def close(self) -> None:
        self._engine.dispose()
