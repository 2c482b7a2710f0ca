"""A project: one folder that holds the database, the models, the jobs and, if asked for, the photos."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Protocol, Self

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from facelabel import __version__
from facelabel.errors import ImageError, ProjectLockedError, StoreError
from facelabel.schemes import Scheme
from facelabel.store import folders, network, schema
from facelabel.store.database import Database
from facelabel.store.failures import in_words
from facelabel.store.lock import ProjectLock
from facelabel.store.tables import ProjectRow


class Located(Protocol):
    """Anything that says where a photo is stored: an ``Image``, or a row of ``listing``."""

    @property
    def path(self) -> str: ...
    @property
    def relative(self) -> bool: ...


class Project:
    """An open project. Made by ``create`` and ``open``; ``close`` it, or use it in a ``with`` statement.

    ``notices`` are things that the person who opened it should read once: a migration, a network drive.
    """

    def __init__(self, folder: Path, database: Database, lock: ProjectLock | None, notices: list[str]) -> None:
        self.folder = folder
        self.read_only = lock is None
        self.notices = notices
        self._database = database
        self._lock = lock
        with self.reading() as session:
            row = session.scalars(select(ProjectRow)).one_or_none()
        if row is None:
            raise StoreError("the database says nothing about its project", where=folder, cure="restore a backup of it")
        self.name = row.name
        self.copy_photos = row.copy_photos
        try:
            self.scheme = Scheme.model_validate(row.scheme)
        except ValidationError as error:
            raise StoreError(
                f"this facelabel {__version__} does not accept its scheme: {error.errors()[0]['msg']}",
                where=folder,
                cure=f"use facelabel {row.created_by_version}, which made the project",
            ) from error

    @classmethod
    def create(cls, folder: Path | str, *, scheme: Scheme, copy_photos: bool = False) -> Project:
        """A new, open project in a folder that is absent or empty. Raises StoreError and then leaves nothing behind."""
        folder = folders.absolute(folder)
        if folder.exists() and not folder.is_dir():
            raise StoreError("is a file, not a folder", where=folder, cure="name a folder that does not exist yet")
        present = set(folders.names(folder)) if folder.exists() else set()
        if folders.DATABASE in present:
            raise folders.taken(folder)
        if present - folders.IGNORED:
            raise StoreError(
                "the folder is not empty", where=folder, cure="name one that is empty or does not exist yet"
            )
        absent, mine = [place for place in (folder, *folder.parents) if not place.exists()], True
        try:
            with folders.permitted(folder), in_words(folder):
                folder.mkdir(parents=True, exist_ok=True)
                lock = ProjectLock(folder)
                try:
                    mine = folders.DATABASE not in folders.names(folder)
                    if not mine:
                        raise folders.taken(folder)
                    folders.fill(folder, scheme, copy_photos)
                finally:
                    lock.release()
            return cls.open(folder)
        except BaseException as error:
            if mine and not isinstance(error, ProjectLockedError):
                folders.clear(folder, keep=present)
            for place in absent:
                with suppress(OSError):
                    place.rmdir()
            raise

    @classmethod
    def open(cls, folder: Path | str, *, read_only: bool = False) -> Project:
        """Open a project for work, or ``read_only`` beside whoever works on it.

        Raises ProjectLockedError (naming the holder), NewerSchemaError (leaving the file as it is) or StoreError.
        """
        folder = folders.absolute(folder)
        path = folders.database_in(folder)
        if read_only:
            return cls._open_to_read(folder, path)
        if not os.access(folder, os.W_OK) or not os.access(path, os.W_OK):
            raise StoreError(
                "the project cannot be written",
                where=folder,
                cure="open it for reading only, or copy it to a folder that you may write",
            )
        lock, database = ProjectLock(folder), None
        try:
            notices = []
            if drive := network.network_kind(folder):
                notices.append(
                    f"the project lies on a network drive ({drive}): nobody else can open it while it is open here, "
                    "not even to read, and saving is slower than on a disk of this computer"
                )
            found = schema.examine(path)
            if found != schema.HEAD:
                saved = schema.migrate(path, found, folder / "backups", network=bool(drive))
                notices.append(
                    f"the project was brought from table version {found} to {schema.HEAD}; "
                    f"a backup is in backups/{saved.name}"
                )
            database = Database(path, network=bool(drive))
            project = cls(folder, database, lock, notices)
            with in_words(folder):
                for place in (project.models_folder, project.jobs_folder, project.thumbnails_folder):
                    place.mkdir(exist_ok=True)
            return project
        except BaseException:
            if database is not None:
                database.close()
            lock.release()
            raise

    @classmethod
    def _open_to_read(cls, folder: Path, path: Path) -> Project:
        found = schema.examine(path)
        if found != schema.HEAD:
            raise StoreError(
                f"its tables are of version {found} and can be read once they are brought to {schema.HEAD}",
                where=folder,
                cure="open it once for writing; a backup is made first",
            )
        database = Database(path, query=schema.reading_query(path))
        try:
            return cls(folder, database, None, [])
        except BaseException:
            database.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees the project as it is at its first query. Raises StoreError."""
        with self._database.reading() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at the end, all or nothing; keep it short. Raises StoreError if nothing was saved."""
        with self._database.writing() as session:
            yield session

    @property
    def models_folder(self) -> Path:
        """``v0001`` and so on: one folder a model version."""
        return self.folder / "models"

    @property
    def jobs_folder(self) -> Path:
        """``0001`` and so on: one folder a job, by its id."""
        return self.folder / "jobs"

    @property
    def thumbnails_folder(self) -> Path:
        """A cache; it may be deleted."""
        return self.folder / "thumbnails"

    @property
    def crops_folder(self) -> Path:
        """A cache; it may be deleted."""
        return self.folder / "crops"

    @property
    def photos_folder(self) -> Path:
        """The copies of photos; only there in a project that copies them."""
        return self.folder / "photos"

    def path_of(self, image: Located) -> Path:
        """Where the photo is expected, absolute; whether it is there is not looked at (see ``photo_of``)."""
        if not image.relative:
            return Path(image.path)
        return Path(os.path.normpath(self.folder / PurePosixPath(image.path)))

    def photo_of(self, image: Located) -> Path:
        """``path_of`` a photo that is there. Raises ImageError with the cure when it is not."""
        path = self.path_of(image)
        if not path.is_file():
            raise ImageError(
                "the photo is not there any more",
                where=path,
                cure="import the folder where it is now: photos are found by their content and linked again",
            )
        return path

    def place(self, path: Path) -> tuple[str, bool]:
        """How ``path`` is stored: relative to the project (POSIX) when it lies in the project's folder or beside it, so
        that both can be moved together; absolute otherwise. The second value says which."""
        path, around = folders.absolute(path), self.folder.parent
        if around == around.parent:  # everything lies beside a project in the root folder
            around = self.folder
        if not path.is_relative_to(around):
            return str(path), False
        return Path(os.path.relpath(path, self.folder)).as_posix(), True

    def close(self) -> None:
        """May be called twice. Every session has to be over."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
