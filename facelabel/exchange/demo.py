"""The demo: a project of rendered faces, and what a perfect annotator would answer. Nothing is downloaded.

The faces stand in the project unlabelled, with boxes as a detector would give them; the truth lies in a file beside the
store, which only a simulated annotator reads.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import platformdirs
from PIL import Image as Pillow

from facelabel import schemes
from facelabel.campaign.loop import Campaign
from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import CancelledError, FacelabelError
from facelabel.geometry import Box
from facelabel.images.decode import probe
from facelabel.rendering.face import RenderedFace, render_face
from facelabel.store import faces as faces_store
from facelabel.store import images
from facelabel.store.labels import LabelRecord
from facelabel.store.project import Project

TRUTH = "demo-truth.npz"
SCHEMES = ("300w-68", "wflw-98")
LOOSE = 0.03
"""Standard deviation of the boxes' edges about the tight box, in its sides: detectors are no surveyors."""


def folder() -> Path:
    """Where the window keeps this person's demo project; ``FACELABEL_HOME`` moves it."""
    home = os.environ.get("FACELABEL_HOME")
    return (Path(home) if home else Path(platformdirs.user_data_dir("facelabel", appauthor=False))) / "demo"


def build_demo(
    folder: Path,
    faces: int = 120,
    seed: int = 0,
    scheme_id: str = "300w-68",
    *,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Project:
    """Render ``faces`` pictures into a new project and open it; face i is ``render_face(seed + i)``.

    Built beside ``folder`` and moved there when complete, so that a stopped build leaves nothing. Raises FacelabelError
    for a folder with something in it or a scheme that is not rendered, CancelledError when ``cancelled``.
    """
    if scheme_id not in SCHEMES:
        raise FacelabelError(
            f"faces are not rendered with the scheme '{scheme_id}'", cure=f"use {' or '.join(SCHEMES)}"
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FacelabelError("the folder is not empty", where=folder, cure="name a new folder for the demo")
    fresh = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with Project.create(fresh, scheme=schemes.load(scheme_id)) as project:
            _fill(project, faces, seed, progress, cancelled)
            Campaign(project).change(CampaignSettings(budget=max(10, faces // 2), seed=seed), "demo")
        if folder.exists():
            folder.rmdir()
        fresh.replace(folder)
    except OSError as error:
        raise FacelabelError(
            f"the demo cannot be written: {error.strerror}", where=folder, cure="choose a folder with space"
        ) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return Project.open(folder)


def truth(project: Project) -> dict[int, LabelRecord]:
    """The exact label of every face of a demo project, by face id. Raises FacelabelError for any other project."""
    try:
        with np.load(project.folder / TRUTH) as stored:
            ids, shapes, occluded, flags = (stored[name] for name in ("ids", "shapes", "occluded", "attributes"))
    except FileNotFoundError:
        raise FacelabelError(
            "this project has no truth to answer from", where=project.folder, cure="make one with 'facelabel demo'"
        ) from None
    names = [attribute.id for attribute in project.scheme.attributes]
    return {
        int(face_id): LabelRecord(
            shape=shape.astype(np.float64),
            visibility=tuple("occluded" if out_of_sight else "visible" for out_of_sight in hidden),
            sources=("placed",) * len(shape),
            moved=np.zeros(len(shape)),
            attributes={name: bool(value) for name, value in zip(names, flag, strict=True)},
        )
        for face_id, shape, hidden, flag in zip(ids, shapes, occluded, flags, strict=True)
    }


def _fill(
    project: Project,
    count: int,
    seed: int,
    progress: Callable[[str, int, int], None],
    cancelled: Callable[[], bool],
) -> None:
    project.photos_folder.mkdir(exist_ok=True)
    rng = np.random.default_rng(seed)
    dense = project.scheme.size == 98
    names = [attribute.id for attribute in project.scheme.attributes]
    ids, rendered = [], []
    for i in range(count):
        if cancelled():
            raise CancelledError("the demo was not built")
        face = render_face(seed + i)
        path = project.photos_folder / f"face-{i:05d}.png"
        Pillow.fromarray(face.image).save(path)
        shape = face.shape98 if dense else face.shape68
        with project.writing() as session:
            image = images.add(session, probe(path), path, project)
            ids.append(faces_store.add(session, image.id, _loose(Box.around(shape), rng), source="file").id)
        rendered.append(face)
        progress("render", i + 1, count)
    np.savez_compressed(
        project.folder / TRUTH,
        ids=np.array(ids),
        shapes=np.stack([face.shape98 if dense else face.shape68 for face in rendered]),
        occluded=np.stack([face.occluded98 if dense else face.occluded68 for face in rendered]),
        attributes=_flags(rendered, names),
    )


def _flags(rendered: list[RenderedFace], names: list[str]) -> npt.NDArray[np.bool_]:
    """(N, A): the attributes of the scheme, in its order."""
    flags = [[face.attributes[name] for name in names] for face in rendered]
    return np.array(flags, dtype=bool).reshape(len(rendered), len(names))


def _loose(box: Box, rng: np.random.Generator) -> Box:
    left, top, right, bottom = rng.normal(0, LOOSE, 4) * np.array([box.width, box.height, box.width, box.height])
    return Box(box.left + left, box.top + top, box.width + right - left, box.height + bottom - top)
