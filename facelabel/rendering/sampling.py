"""How often each kind of face happens: most are easy; a long tail of poses, lights and coverings is not."""

from __future__ import annotations

import numpy as np

from facelabel.rendering.arrays import clamp
from facelabel.rendering.parameters import (
    Expression,
    FaceParameters,
    Glasses,
    HairStyle,
    Identity,
    Light,
    Look,
    Occluder,
    Photo,
    Pose,
)


def sample_parameters(rng: np.random.Generator) -> FaceParameters:
    """One face, drawn as they come."""
    identity = _identity(rng)
    return FaceParameters(
        identity, _expression(rng), _pose(rng), _light(rng, identity), _look(rng, identity), _photo(rng)
    )


def _about(rng: np.random.Generator, mean: float, deviation: float, limit: float = 2.2) -> float:
    return mean + deviation * float(clamp(rng.standard_normal(), -limit, limit))


def _identity(rng: np.random.Generator) -> Identity:
    m = float(clamp(0.5 + 0.42 * rng.choice([-1, 1]) + 0.15 * rng.standard_normal(), 0, 1))
    melanin = float(rng.uniform(0, 1)) ** 1.15
    dark_eyes = rng.random() < 0.35 + 0.9 * melanin
    irises = (
        ((0.20, 0.11, 0.05), (0.14, 0.075, 0.04))
        if dark_eyes
        else ((0.33, 0.41, 0.48), (0.31, 0.36, 0.25), (0.45, 0.50, 0.52), (0.42, 0.28, 0.12))
    )
    iris = irises[int(rng.integers(len(irises)))]
    return Identity(
        masculine=m,
        age=float(rng.beta(1.5, 2.4)),
        width_scale=_about(rng, 1.0, 0.03),
        jaw_scale=_about(rng, 0.92 + 0.14 * m, 0.04),
        chin_length=_about(rng, -0.06 + 0.10 * m, 0.05),
        cheekbones=_about(rng, 1.0, 0.3),
        fullness=_about(rng, 0.0, 0.5),
        brow_ridge=_about(rng, 0.25 + 0.65 * m, 0.15),
        eye_spacing=_about(rng, 0.455, 0.014),
        eye_scale=_about(rng, 1.12 - 0.09 * m, 0.05),
        eye_opening=_about(rng, 1.08 - 0.13 * m, 0.11),
        eye_tilt=_about(rng, 0.022, 0.018),
        brow_height=_about(rng, 0.335 - 0.05 * m, 0.025),
        brow_thickness=_about(rng, 0.055 + 0.025 * m, 0.012),
        brow_arch=_about(rng, 0.09 - 0.04 * m, 0.02),
        nose_length=_about(rng, 0.70 + 0.03 * m, 0.035),
        nose_width=_about(rng, 0.225 + 0.03 * m + 0.035 * melanin, 0.018),
        nose_projection=_about(rng, 0.96 + 0.06 * m - 0.08 * melanin, 0.09),
        nose_bridge=_about(rng, 1.0 - 0.25 * melanin, 0.2),
        mouth_width=_about(rng, 0.36 + 0.015 * m, 0.022),
        lip_upper=_about(rng, 0.105 - 0.02 * m + 0.03 * melanin, 0.016),
        lip_lower=_about(rng, 0.150 - 0.025 * m + 0.03 * melanin, 0.018),
        mouth_height=_about(rng, 0.32, 0.02),
        ear_scale=_about(rng, 1.0, 0.08),
        melanin=melanin,
        ruddiness=_about(rng, 0.5, 0.25, 2.0),
        freckles=float(rng.random() < 0.18) * (1 - melanin) * float(rng.uniform(0.3, 1)),
        iris=iris,
        texture_seed=int(rng.integers(1 << 30)),
    )


def _expression(rng: np.random.Generator) -> Expression:
    kind = rng.choice(["neutral", "smile", "laugh", "talk", "surprise", "closed", "wink", "frown"],
                      p=[0.40, 0.24, 0.09, 0.11, 0.04, 0.05, 0.03, 0.04])  # fmt: skip
    opening, smile = max(0.0, _about(rng, -0.02, 0.05)), _about(rng, 0.05, 0.15)
    closure = [float(clamp(_about(rng, 0.06, 0.06), 0, 1))] * 2
    brow, frown, skew = _about(rng, 0.0, 0.2), max(0.0, _about(rng, 0.0, 0.2)), _about(rng, 0.0, 0.1)
    pout = max(0.0, _about(rng, -0.2, 0.2))
    if kind == "smile":
        smile, opening = float(rng.uniform(0.35, 0.9)), float(rng.choice([0.0, 0.12])) * float(rng.uniform(0.5, 1.5))
    elif kind == "laugh":
        smile, opening, closure = (
            float(rng.uniform(0.7, 1.1)),
            float(rng.uniform(0.25, 0.7)),
            [float(rng.uniform(0.1, 0.5))] * 2,
        )
    elif kind == "talk":
        opening = float(rng.uniform(0.1, 0.4))
    elif kind == "surprise":
        opening, brow, closure, smile = float(rng.uniform(0.5, 1.0)), float(rng.uniform(0.6, 1.0)), [-0.12, -0.12], -0.1
    elif kind == "closed":
        closure = [1.0, 1.0]
    elif kind == "wink":
        closure[int(rng.integers(2))] = 1.0
        smile, skew = float(rng.uniform(0.2, 0.7)), float(rng.choice([-1, 1])) * float(rng.uniform(0.4, 0.9))
    elif kind == "frown":
        frown, smile, brow = float(rng.uniform(0.6, 1.0)), float(rng.uniform(-0.6, -0.2)), -0.4
    return Expression(
        opening=opening,
        smile=smile,
        pout=pout,
        closure=(closure[0], closure[1]),
        brow_raise=(brow + _about(rng, 0, 0.08), brow + _about(rng, 0, 0.08)),
        frown=frown,
        skew=skew,
        gaze=(_about(rng, 0.0, 0.3), _about(rng, 0.0, 0.15)),
    )


def _pose(rng: np.random.Generator) -> Pose:
    spread = (9.0, 22.0, 0.0)[int(rng.choice(3, p=[0.62, 0.25, 0.13]))]
    yaw = _about(rng, 0, spread) if spread else float(rng.choice([-1, 1]) * rng.uniform(25, 50))
    pitch = _about(rng, 0, (4.5, 10.0)[int(rng.random() < 0.2)])
    roll = _about(rng, 0, (4.0, 13.0)[int(rng.random() < 0.18)])
    return Pose(
        yaw=float(clamp(yaw, -50, 50)),
        pitch=float(clamp(pitch, -20, 20)),
        roll=float(clamp(roll, -25, 25)),
        zoom=float(rng.uniform(0.45, 0.58)),
        dx=_about(rng, 0, 0.025),
        dy=_about(rng, 0.05, 0.02),
        distance=float(rng.uniform(9, 18)),
    )


def _light(rng: np.random.Generator, who: Identity) -> Light:
    kind = rng.choice(["soft", "side", "dark", "back", "under"], p=[0.80, 0.08, 0.05, 0.05, 0.02])
    side = float(rng.choice([-1, 1]))
    warmth = _about(rng, 0.1, 0.4)
    # Photographers expose for the face.
    exposed = 1 + 0.45 * who.melanin

    if kind == "soft":
        azimuth, elevation = side * float(rng.uniform(5, 55)), float(rng.uniform(15, 55))
        key, ambient = float(rng.uniform(0.6, 1.05)), float(rng.uniform(0.40, 0.65))
        return Light(azimuth, elevation, key, ambient, float(rng.random() < 0.4) * 0.5, 0.7, warmth, exposed, False)
    if kind == "side":
        return Light(
            side * float(rng.uniform(65, 95)), float(rng.uniform(5, 30)), 1.5, 0.10, 0.0, 0.3, warmth, 1.0, True
        )
    if kind == "dark":
        return Light(side * float(rng.uniform(10, 60)), 40.0, 0.6, 0.25, 0.2, 0.6, warmth, 0.28, True)
    if kind == "back":
        return Light(side * float(rng.uniform(125, 160)), 35.0, 2.2, 0.26, 1.6, 0.5, warmth, 0.9, True)
    return Light(side * float(rng.uniform(0, 30)), float(rng.uniform(-55, -35)), 1.3, 0.16, 0.0, 0.4, warmth, 0.9, True)


_HAIR = ((0.035, 0.026, 0.022), (0.07, 0.045, 0.03), (0.16, 0.09, 0.05), (0.30, 0.18, 0.09), (0.55, 0.38, 0.20),
         (0.72, 0.56, 0.34), (0.42, 0.16, 0.07))  # fmt: skip


def _look(rng: np.random.Generator, who: Identity) -> Look:
    man = who.masculine > 0.5
    weights = np.array([3.0, 2.5, 1.6, 1.2, 1.0, 0.8, 0.5]) * np.array([1, 1] + [max(0.02, 1 - 1.3 * who.melanin)] * 5)
    colour = np.array(_HAIR[int(rng.choice(7, p=weights / weights.sum()))])
    grey = float(clamp((who.age - 0.55) * 2.2 + 0.2 * rng.standard_normal(), 0, 0.95)) if who.age > 0.5 else 0.0
    colour = colour * (1 - grey) + np.array([0.62, 0.62, 0.61]) * grey
    styles: tuple[HairStyle, ...] = ("bald", "buzz", "short", "fringe", "long")
    hair = styles[int(rng.choice(5, p=[0.08, 0.16, 0.50, 0.20, 0.06] if man else [0.01, 0.03, 0.18, 0.28, 0.50]))]
    beard = float(rng.choice([0.0, 0.3, 1.0], p=[0.5, 0.28, 0.22])) * float(rng.uniform(0.6, 1)) if man else 0.0
    make_up = float(rng.uniform(0.5, 1)) if not man and rng.random() < 0.32 else 0.0
    lipsticks = ((0.62, 0.06, 0.10), (0.55, 0.16, 0.22), (0.70, 0.24, 0.28), (0.36, 0.05, 0.10))
    glasses: Glasses = "none"
    draw = rng.random()
    if draw < 0.16:
        glasses = "clear" if draw < 0.125 else "sun"
    occluders: tuple[Occluder, ...] = ("none", "mask", "scarf", "hand", "microphone", "book")
    occluder = occluders[int(rng.choice(6, p=[0.88, 0.02, 0.02, 0.04, 0.025, 0.015]))]
    return Look(
        hair=hair,
        hair_colour=(float(colour[0]), float(colour[1]), float(colour[2])),
        hair_line=_about(rng, 0.0, 0.04) + (0.12 * who.age if man else 0.0),
        hair_volume=float(rng.uniform(0.6, 1.4)),
        hair_length=float(rng.uniform(0.25, 1.0)),
        parting=float(rng.uniform(-0.8, 0.8)),
        hair_seed=int(rng.integers(1 << 30)),
        beard=beard,
        moustache=float(clamp(beard * rng.uniform(0.7, 1.2), 0, 1)) if rng.random() < 0.85 else 0.0,
        make_up=make_up,
        lipstick=lipsticks[int(rng.integers(4))],
        glasses=glasses,
        frame_colour=((0.02, 0.02, 0.02), (0.16, 0.08, 0.04), (0.35, 0.33, 0.30), (0.30, 0.05, 0.06))[
            int(rng.integers(4))
        ],
        frame_shape=float(rng.uniform(2.0, 4.5)),
        occluder=occluder,
        occluder_seed=int(rng.integers(1 << 30)),
        clothes=muted(rng, 0.55),
    )


def muted(rng: np.random.Generator, saturation: float) -> tuple[float, float, float]:
    """A display colour, seldom a gaudy one."""
    hue = rng.uniform(0.0, 1.0, 3)
    grey = rng.uniform(0.08, 0.92)
    mixed = grey + saturation * rng.beta(1.3, 2.5) * (hue - hue.mean()) * 1.4
    r, g, b = (float(v) for v in clamp(mixed, 0.03, 0.97))
    return r, g, b


def _photo(rng: np.random.Generator) -> Photo:
    poor = rng.random() < 0.12
    return Photo(
        blur=float(rng.uniform(1.3, 2.6)) if poor and rng.random() < 0.7 else float(rng.uniform(0.0, 0.5)),
        motion=float(rng.uniform(4, 8)) if poor and rng.random() < 0.4 else 0.0,
        noise=float(rng.uniform(0.015, 0.038)) if rng.random() < 0.08 else float(rng.uniform(0.002, 0.012)),
        jpeg=int(rng.integers(18, 45)) if rng.random() < 0.1 else int(rng.integers(70, 96)),
        grey=bool(rng.random() < 0.07),
        warmth=_about(rng, 0, 0.25),
        vignette=float(rng.uniform(0, 0.35)),
        background_seed=int(rng.integers(1 << 30)),
    )
