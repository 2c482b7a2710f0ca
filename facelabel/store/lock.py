"""Who has a project open for writing.

The operating system's lock on ``.project.lock`` decides, so that a killed process frees it; ``project.lock`` beside it
tells people and the next process who holds it, and stays readable where a locked file is not (Windows).
"""

from __future__ import annotations

import getpass
import json
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import filelock
from pydantic import BaseModel, ValidationError

from facelabel.errors import ProjectLockedError, StoreError
from facelabel.store.failures import in_words

NAMES = ("project.lock", ".project.lock")


class Holder(BaseModel):
    """A process that has a project open."""

    user: str
    host: str
    pid: int
    since: datetime

    def __str__(self) -> str:
        return f"{self.user} on {self.host}, process {self.pid}, since {self.since:%Y-%m-%d %H:%M}"


class ProjectLock:
    """Held from construction to ``release``. Raises ProjectLockedError naming the holder, or StoreError."""

    def __init__(self, folder: Path) -> None:
        self._note = folder / NAMES[0]
        # Not thread-local: the window may open a project in one thread and close it in another.
        self._lock = filelock.FileLock(folder / NAMES[1], thread_local=False)
        try:
            with in_words(folder):
                self._lock.acquire(timeout=0)
        except filelock.Timeout:
            raise _locked(folder, self._note) from None
        except OSError as error:
            raise StoreError(
                f"cannot be locked: {error.strerror}", where=folder, cure="check its permissions"
            ) from None
        try:
            with in_words(folder):
                self._tell()
        except BaseException:
            self.release()
            raise

    def _tell(self) -> None:
        holder = Holder(user=_user(), host=socket.gethostname(), pid=os.getpid(), since=datetime.now().astimezone())
        fresh = self._note.with_suffix(".tmp")
        fresh.write_text(json.dumps(holder.model_dump(mode="json"), indent=1) + "\n", encoding="utf-8")
        os.replace(fresh, self._note)

    def release(self) -> None:
        with suppress(OSError):
            self._note.unlink()
        self._lock.release()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in the password file, as in some containers
        return "somebody"


def _locked(folder: Path, note: Path) -> ProjectLockedError:
    try:
        who = f"it is open elsewhere: {Holder.model_validate_json(note.read_text(encoding='utf-8'))}"
    except (OSError, UnicodeDecodeError, ValidationError):
        who = "it is open in another program"
    return ProjectLockedError(who, where=folder, cure="close it there, or open it here for reading only")
