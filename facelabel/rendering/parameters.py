"""Everything that a rendered face is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Occluder = Literal["none", "mask", "scarf", "hand", "microphone", "book"]
Glasses = Literal["none", "clear", "sun"]
HairStyle = Literal["bald", "buzz", "short", "fringe", "long"]


@dataclass(frozen=True)
class Identity:
    """Who it is. Unnamed units are half face widths; the ``…_scale`` are about 1."""

    masculine: float
    age: float
    width_scale: float
    jaw_scale: float
    chin_length: float
    cheekbones: float
    fullness: float
    brow_ridge: float
    eye_spacing: float
    eye_scale: float
    eye_opening: float
    eye_tilt: float
    brow_height: float
    brow_thickness: float
    brow_arch: float
    nose_length: float
    nose_width: float
    nose_projection: float
    nose_bridge: float
    mouth_width: float
    lip_upper: float
    lip_lower: float
    mouth_height: float
    ear_scale: float
    melanin: float
    ruddiness: float
    freckles: float
    iris: tuple[float, float, float]
    texture_seed: int


@dataclass(frozen=True)
class Expression:
    """``opening`` and ``smile`` about 0 to 1 (smile below 0 turns the corners down), ``closure`` 0 to 1 for image-left
    and image-right eye, ``brow_raise`` and ``frown`` -1 to 1, ``skew`` moves the mouth's image-right corner up."""

    opening: float
    smile: float
    pout: float
    closure: tuple[float, float]
    brow_raise: tuple[float, float]
    frown: float
    skew: float
    gaze: tuple[float, float]

    @property
    def exaggerated(self) -> bool:
        return self.opening > 0.45 or max(self.closure) > 0.8 or abs(self.skew) > 0.5 or self.frown > 0.75


@dataclass(frozen=True)
class Pose:
    """Degrees: ``yaw`` > 0 looks to the image's right, ``pitch`` > 0 looks up, ``roll`` > 0 turns clockwise.

    ``zoom`` is the landmarks' height as a part of the image's side; (``dx``, ``dy``) shifts the face by parts of the
    side; ``distance`` is in half face widths.
    """

    yaw: float
    pitch: float
    roll: float
    zoom: float
    dx: float
    dy: float
    distance: float

    @property
    def large(self) -> bool:
        return abs(self.yaw) > 30 or abs(self.pitch) > 15 or abs(self.roll) > 18


@dataclass(frozen=True)
class Light:
    """A key light from (``azimuth``, ``elevation``) degrees, a fill from above and below, a rim light from behind."""

    azimuth: float
    elevation: float
    key: float
    ambient: float
    rim: float
    softness: float
    warmth: float
    exposure: float
    extreme: bool


@dataclass(frozen=True)
class Look:
    """What is worn and grown."""

    hair: HairStyle
    hair_colour: tuple[float, float, float]
    hair_line: float
    hair_volume: float
    hair_length: float

    parting: float
    hair_seed: int
    beard: float
    moustache: float
    make_up: float
    lipstick: tuple[float, float, float]
    glasses: Glasses
    frame_colour: tuple[float, float, float]
    frame_shape: float
    occluder: Occluder
    occluder_seed: int
    clothes: tuple[float, float, float]

    @property
    def made_up(self) -> bool:
        return self.make_up > 0.45


@dataclass(frozen=True)
class Photo:
    """What the camera did: ``blur`` is a standard deviation in pixels of a 256-pixel image."""

    blur: float
    motion: float
    noise: float
    jpeg: int
    grey: bool
    warmth: float
    vignette: float
    background_seed: int

    @property
    def blurred(self) -> bool:
        return self.blur > 1.2 or self.motion > 3.5


@dataclass(frozen=True)
class FaceParameters:
    identity: Identity
    expression: Expression
    pose: Pose
    light: Light
    look: Look
    photo: Photo
