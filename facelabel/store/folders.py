"""What lies in a project's folder, and how an empty folder becomes one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from facelabel import __version__
from facelabel.errors import StoreError
from facelabel.schemes import Scheme
from facelabel.store import network, schema
from facelabel.store.database import Database
from facelabel.store.scheme_file import to_toml
from facelabel.store.tables import ProjectRow

DATABASE = "project.sqlite"
IGNORED = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What file managers leave in a folder that a person calls empty."""


def absolute(path: Path | str) -> Path:
    # Not resolve(): a folder reached by a link keeps the name by which the person knows it.
    return Path(os.path.abspath(Path(path).expanduser()))


def names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}", where=folder, cure="check its permissions") from None


def database_in(folder: Path) -> Path:
    if folder.is_file():
        raise StoreError("is a file, not a project folder", where=folder, cure=f"give the folder that holds {DATABASE}")
    if not folder.exists():
        raise StoreError("there is no such folder", where=folder, cure="check the path, or make a project there")
    if DATABASE not in names(folder):
        raise StoreError(
            f"is no facelabel project: it has no {DATABASE}", where=folder, cure="make a project: facelabel new"
        )
    return folder / DATABASE


@contextmanager
def permitted(folder: Path) -> Iterator[None]:
    try:
        yield
    except (PermissionError, FileExistsError, NotADirectoryError, FileNotFoundError) as error:
        raise StoreError(
            f"cannot be made: {error.strerror}", where=folder, cure="choose a folder that you may write"
        ) from None


def fill(folder: Path, scheme: Scheme, copy_photos: bool) -> None:
    """The database comes last and by renaming, so that a folder has either a whole project in it or none."""
    (folder / "scheme.toml").write_text(to_toml(scheme), encoding="utf-8")
    if copy_photos:
        (folder / "photos").mkdir()
    fresh, drive = folder / f"{DATABASE}.new", bool(network.network_kind(folder))
    schema.create(fresh, network=drive)
    database = Database(fresh, network=drive)
    try:
        with database.writing() as session:
            session.add(
                ProjectRow(
                    name=folder.name,
                    scheme=scheme.model_dump(mode="json"),
                    copy_photos=copy_photos,
                    created_by_version=__version__,
                )
            )
    finally:
        database.close()
    os.replace(fresh, folder / DATABASE)


def taken(folder: Path) -> StoreError:
    return StoreError("there is a project in this folder already", where=folder, cure="open it")


def clear(folder: Path, keep: set[str]) -> None:
    """Delete, as far as possible, what is in the folder but for the names to ``keep``."""
    with suppress(OSError):
        for name in set(os.listdir(folder)) - keep:
            with suppress(OSError):
                shutil.rmtree(folder / name) if (folder / name).is_dir() else (folder / name).unlink()
