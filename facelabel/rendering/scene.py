"""Several people in one picture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from facelabel.rendering.arrays import F64, U8, Bool, clamp
from facelabel.rendering.face import RenderedFace, camera_for, rendered
from facelabel.rendering.person import Drawn, Person
from facelabel.rendering.photograph import backdrop, expose
from facelabel.rendering.sampling import sample_parameters
from facelabel.rendering.shading import tone


def render_scene(seed: int, size: tuple[int, int] = (640, 480), faces: int = 3) -> tuple[U8, list[RenderedFace]]:
    """A photo (height, width, 3) uint8 RGB of several people, and their faces from left to right.

    ``size`` is (width, height). Each face's ``image`` is the whole photo and its landmarks are in the photo's pixels.
    All stand in one light. Raises ValueError for less than one face.
    """
    if faces < 1:
        raise ValueError(f"a scene needs at least one face, not {faces}")
    rng = np.random.default_rng(seed)
    people = [sample_parameters(rng) for _ in range(faces)]
    photo = people[0].photo
    light = replace(people[0].light, exposure=min(people[0].light.exposure, 1.15))
    people = [replace(person, light=light, photo=photo) for person in people]
    canvas = backdrop(size, photo.background_seed, light.exposure)
    drawn: list[Drawn] = []
    cover = np.zeros((faces, 98), dtype=np.bool_)
    # Who stands lower in the picture stands nearer.
    order = np.array(_places(rng, size, faces))
    for person, (x, y, side) in zip(people, order[np.argsort(order[:, 1])], strict=True):
        one = Person(canvas, person, camera_for(person, side, x, y)).draw()
        for i, other in enumerate(drawn):
            cover[i] |= _under(other.shape98, one.cover)
        drawn.append(one)
    image = expose(tone(canvas * np.float32(light.exposure)), photo, rng)
    done = [rendered(image, one, who, cover[i]) for i, (one, who) in enumerate(zip(drawn, people, strict=True))]
    return image, sorted(done, key=lambda face: float(face.shape98[:, 0].mean()))


def _places(rng: np.random.Generator, size: tuple[int, int], faces: int) -> list[tuple[float, float, float]]:
    """x, y and side in pixels of one square a face: one row while they fit, else two with the nearer between."""
    width, height = size
    rows = 1 if faces <= max(1, round(2.2 * width / height)) else 2
    out = []
    for row in range(rows):
        count = faces // rows + (faces % rows if row == rows - 1 else 0)
        cell = width / count
        side = min(cell * 0.98, height / rows * 0.92)
        for i in range(count):
            x = (i + 0.5) * cell + rng.uniform(-0.5, 0.5) * max(0.0, cell - side)
            y = height * (row + 0.48) / rows + rng.uniform(-0.04, 0.04) * height / rows
            out.append((float(x), float(y), float(side * rng.uniform(0.8, 1.0))))
    return out


def _under(shape: F64, cover: Bool) -> Bool:
    column = clamp(np.round(shape[:, 0]).astype(int), 0, cover.shape[1] - 1)
    row = clamp(np.round(shape[:, 1]).astype(int), 0, cover.shape[0] - 1)
    out: Bool = cover[row, column]
    return out
