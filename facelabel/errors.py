"""Errors that a user can act on.

Whatever goes wrong because of a file, a setting or the machine is a ``FacelabelError``: one line that says where it
was, what was wrong and what to do. The command line prints that line and exits with 2, the window shows it in a dialog.
Any other exception is a bug and shows as one.
"""

from __future__ import annotations

import errno
from pathlib import Path

_OF_THE_MACHINE = {
    errno.ENOSPC: "make room on the disk, then do it again",
    errno.EDQUOT: "make room in your quota, then do it again",
    errno.EROFS: "choose a place that can be written",
    errno.EACCES: "check the permissions",
    errno.EPERM: "check the permissions",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: "a link leads back to itself: remove it",
    errno.EIO: "check that the disk is connected and healthy",
}


class FacelabelError(Exception):
    """Something a user can put right.

    ``where`` names the file, folder or face; ``line`` the 1-based line in it; ``cure`` what to do next.
    """

    def __init__(
        self, what: str, *, where: str | Path | None = None, line: int | None = None, cure: str | None = None
    ) -> None:
        self.what = what
        self.where = None if where is None else str(where)
        self.line = line
        self.cure = cure
        super().__init__(what)

    def __str__(self) -> str:
        place = "" if self.where is None else self.where if self.line is None else f"{self.where}, line {self.line}"
        text = f"{place}: {self.what}" if place else self.what
        return f"{text} ({self.cure})" if self.cure else text


class FormatError(FacelabelError):
    """A file that does not follow its format."""


class ImageError(FacelabelError):
    """A picture that cannot be read, or not in full."""


class SchemeError(FacelabelError):
    """A landmark scheme that contradicts itself."""


class StoreError(FacelabelError):
    """A project that cannot be opened, read or written."""


class ProjectLockedError(StoreError):
    """Another process has the project open for writing."""


class NewerSchemaError(StoreError):
    """The project was written by a newer facelabel."""


class WorkerError(FacelabelError):
    """A training, scoring or detection job ended without its result."""


class CancelledError(FacelabelError):
    """The person asked for the work to stop."""


def from_machine(error: BaseException) -> FacelabelError | None:
    """What the file system refused, as an error that a user can act on; None for any other exception."""
    if not isinstance(error, OSError) or error.errno not in _OF_THE_MACHINE:
        return None
    where = None if error.filename is None else str(error.filename)
    return FacelabelError(f"the system refuses: {error.strerror}", where=where, cure=_OF_THE_MACHINE[error.errno])
