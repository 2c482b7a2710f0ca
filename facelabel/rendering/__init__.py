"""Procedural faces with exact landmarks for demo, documentation and tests. No real person is in any."""

from facelabel.rendering.anatomy import SUBSET_68
from facelabel.rendering.dataset import write_dataset
from facelabel.rendering.face import RenderedFace, render, render_face
from facelabel.rendering.parameters import FaceParameters
from facelabel.rendering.sampling import sample_parameters
from facelabel.rendering.scene import render_scene

__all__ = [
    "SUBSET_68",
    "FaceParameters",
    "RenderedFace",
    "render",
    "render_face",
    "render_scene",
    "sample_parameters",
    "write_dataset",
]
