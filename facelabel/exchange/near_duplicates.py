"""Looking at images for near-duplicates, where no import has done so: in projects from before, and after a failure."""

from __future__ import annotations

import time
from collections.abc import Callable

from facelabel.errors import FacelabelError
from facelabel.images.decode import read
from facelabel.images.similar import difference_hash
from facelabel.store import bursts, images
from facelabel.store.project import Project

_CHUNK = 64
"""Images a transaction."""
_ENOUGH = 128
"""Pixels, of the longer side, that an image is read with."""


def look(
    project: Project,
    *,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
    pause: float = 0.0,
) -> int:
    """Hash the images that nobody has looked at and group the near-duplicates; how many images changed their burst.

    An image that cannot be read is noted with the reason and left out. ``pause``: seconds of rest after each image, for
    whoever works beside it.
    """
    with project.reading() as s:
        waiting = [(image.id, project.path_of(image)) for image in bursts.not_looked_at(s)]
    if not waiting:
        return 0
    for start in range(0, len(waiting), _CHUNK):
        seen: dict[int, int] = {}
        failed: dict[int, str] = {}
        for image_id, path in waiting[start : start + _CHUNK]:
            if cancelled():
                return 0
            try:
                seen[image_id] = difference_hash(read(path, longest=_ENOUGH))
            except FacelabelError as error:
                failed[image_id] = str(error)
            if pause:
                time.sleep(pause)
        with project.writing() as s:
            bursts.set_hashes(s, seen)
            for image_id, reason in failed.items():
                images.fail(s, image_id, reason)
        progress("similar", min(len(waiting), start + _CHUNK), len(waiting))
    return bursts.regroup(project)
