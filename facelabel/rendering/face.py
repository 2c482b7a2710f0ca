"""One rendered face with exact landmarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from facelabel.rendering.anatomy import SUBSET_68
from facelabel.rendering.arrays import F64, U8, Bool
from facelabel.rendering.parameters import FaceParameters
from facelabel.rendering.person import Drawn, Person
from facelabel.rendering.photograph import backdrop, expose
from facelabel.rendering.rasteriser import Camera
from facelabel.rendering.sampling import sample_parameters
from facelabel.rendering.shading import tone

ATTRIBUTES = ("pose", "expression", "illumination", "make-up", "occlusion", "blur")


@dataclass(frozen=True)
class RenderedFace:
    """A picture of a face that never lived, with its landmarks.

    ``image`` (H, W, 3) uint8 RGB; ``shape68`` (68, 2) and ``shape98`` (98, 2) float64 in image pixels, 0-based pixel
    centres, in the order of 300-W and WFLW; the 68 are the common subset of the 98. Interior landmarks are points of
    the head's surface. Contour landmarks follow the image as 300-W does: the jaw line where it faces the camera, else
    the visible outline. ``occluded68`` and ``occluded98``: hidden by hair, belongings, closed lids or the head itself.
    ``attributes``: WFLW's six flags by name.
    """

    image: U8
    shape68: F64
    shape98: F64
    occluded68: Bool
    occluded98: Bool
    attributes: dict[str, bool]
    parameters: FaceParameters


def camera_for(parameters: FaceParameters, side: float, cx: float, cy: float) -> Camera:
    """The camera that shows the face as large as ``pose.zoom`` wants in a square of ``side`` pixels about (cx, cy)."""
    pose = parameters.pose
    # Chin to brow is about two units.
    focal = pose.zoom * side / 2.05 * (pose.distance - 0.5)
    return Camera(focal, pose.distance, cx + pose.dx * side, cy + pose.dy * side)


def attributes_of(parameters: FaceParameters, covered: Bool) -> dict[str, bool]:
    """WFLW's flags; ``covered`` (98,) is what hair and belongings hide. Hair over the contour alone is no occlusion."""
    return {
        "pose": parameters.pose.large,
        "expression": parameters.expression.exaggerated,
        "illumination": parameters.light.extreme,
        "make-up": parameters.look.made_up,
        "occlusion": bool(covered[33:].sum() >= 4),
        "blur": parameters.photo.blurred,
    }


def rendered(image: U8, drawn: Drawn, parameters: FaceParameters, hidden: Bool | None = None) -> RenderedFace:
    """``drawn`` in the image; ``hidden`` (98,) adds what others cover."""
    shape = drawn.shape98
    others = np.zeros(98, dtype=np.bool_) if hidden is None else hidden
    occluded = drawn.hidden | others
    attributes = attributes_of(parameters, drawn.covered | others)
    return RenderedFace(image, shape[SUBSET_68], shape, occluded[SUBSET_68], occluded, attributes, parameters)


def render_face(seed: int, size: int = 256) -> RenderedFace:
    """The face of ``seed`` in a square picture of ``size`` pixels, the same at every call. See ``RenderedFace``."""
    rng = np.random.default_rng(seed)
    return render(sample_parameters(rng), size, rng)


def render(parameters: FaceParameters, size: int, rng: np.random.Generator) -> RenderedFace:
    """The picture of these very parameters; ``rng`` makes the camera's noise."""
    photo, exposure = parameters.photo, parameters.light.exposure
    canvas = backdrop((size, size), photo.background_seed, exposure)
    camera = camera_for(parameters, size, (size - 1) / 2, (size - 1) / 2)
    drawn = Person(canvas, parameters, camera).draw()
    image = expose(tone(canvas * np.float32(exposure)), photo, rng)
    return rendered(image, drawn, parameters)
