"""What the newest model saw of the faces: ``heatmaps/`` in its version's folder, a cache that can be deleted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from facelabel.errors import FacelabelError
from facelabel.images import heatmaps
from facelabel.images.heatmaps import FaceHeatmaps
from facelabel.store.project import Project

_NAME = "heatmaps"


def keep(project: Project, number: int, source: Path) -> None:
    """Take the heatmaps that a job left in ``source`` for version ``number``; those of all versions before them go.

    Without any, or where the disk refuses, nothing is kept: no face depends on them.
    """
    target = project.models_folder / f"v{number:04d}" / _NAME
    try:
        if not source.is_dir():
            return
        fresh = target.with_name(f"{_NAME}.new")
        for old in (fresh, target):
            shutil.rmtree(old, ignore_errors=True)
        fresh.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, fresh, copy_function=_link_or_copy)
        os.replace(fresh, target)
    except OSError:
        return
    for folder in _folders(project):
        if folder != target:
            shutil.rmtree(folder, ignore_errors=True)


def newest(project: Project, face_id: int) -> tuple[int, FaceHeatmaps] | None:
    """The number of the version whose heatmaps are kept, and those of a face; None where it has none of it.

    Raises FacelabelError for a damaged file.
    """
    for folder in reversed(_folders(project)):
        found = heatmaps.read(folder, face_id)
        if found is not None:
            if len(found.maps) != project.scheme.size:
                raise FacelabelError(
                    f"the heatmaps are of {len(found.maps)} landmarks, the project has {project.scheme.size}",
                    where=folder,
                    cure="they come back with the next training",
                )
            return int(folder.parent.name[1:]), found
    return None


def _folders(project: Project) -> list[Path]:
    """Oldest version first."""
    found = project.models_folder.glob(f"v*/{_NAME}")
    return sorted((f for f in found if f.parent.name[1:].isdigit()), key=lambda folder: int(folder.parent.name[1:]))


def _link_or_copy(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target
