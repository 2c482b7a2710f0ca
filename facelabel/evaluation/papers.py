"""What papers state: their recipe as changes to a preset, and the tables to compare with."""

from __future__ import annotations

from typing import Any

SCAF: dict[str, Any] = {
    "margin": 1.0,
    "augmentation": {
        "rotation": 30.0,
        "translation": 0.04,
        "scaling": 0.05,
        "box_shift": 0.0,
        "box_scale": 0.0,
        "flip": 0.5,
        "erasing": 0.5,
        "blur": 0.2,
        "brightness": 0.45,
        "contrast": 0.45,
    },
    "training": {
        "batch": 40,
        "lr": 1e-3,
        "encoder_lr": 2e-5,
        "generator_lr": 0.0,
        "frozen_statistics": True,
        "weight_decay": 0.0,
        "betas": [0.9, 0.999],
        "schedule": "constant",
        "warm_up": 0,
        "clip": 1e9,
        "loss_scale": 300.0,
        "average": 0.0,
        "foreground": 0.0,
    },
    "decoding": {"method": "argmax", "flip": False},
}
"""SCAF section 4.2 and the code of 3FabRec that it builds on: the network sees exactly the square about the data set's
box; Adam, the transfer layers and bottlenecks at 1e-3, the encoder at 2e-5, the generator and the statistics of both
frozen; plain squared error without clipping; the highest pixel of the smoothed map is the landmark. The augmentation,
which SCAF only calls 3FabRec's, is the list of FASE section 4.2, of the same lineage. How long they trained is not
stated: the preset's steps."""

PUBLISHED = {"300w": {"common": 554, "challenging": 135, "all": 689}, "wflw": {"all": 2500}, "aflw": {"all": 4386}}
"""How many test faces the published sets have; with others a figure is none of the paper's."""

Table = dict[int, dict[str, float]]


def _rows(subsets: tuple[str, ...], values: dict[int, tuple[float, ...]]) -> Table:
    return {labels: dict(zip(subsets, row, strict=True)) for labels, row in values.items()}


_W300 = ("common", "challenging", "all")
TABLES: dict[str, tuple[str, Table]] = {
    "300w": (
        "SCAF, table 2",
        _rows(
            _W300,
            {
                3148: (3.48, 5.89, 3.95),
                630: (3.66, 6.23, 4.17),
                315: (3.87, 6.60, 4.40),
                158: (3.93, 6.84, 4.50),
                50: (4.33, 7.60, 4.97),
            },
        ),
    ),
    "wflw": (
        "SCAF, tables 3 and 4",
        _rows(
            ("all",),
            {7500: (5.50,), 1500: (6.07,), 750: (6.28,), 375: (6.72,), 200: (6.88,), 100: (7.40,), 50: (8.06,)},
        ),
    ),
    "aflw": (
        "3FabRec; SCAF reports none",
        _rows(
            ("all", "frontal"),
            {
                20000: (1.87, 1.59),
                4000: (1.96, 1.74),
                2000: (2.03, 1.74),
                1000: (2.13, 1.86),
                200: (2.38, 2.03),
                50: (2.74, 2.23),
            },
        ),
    ),
}
"""NME in per cent by subset for a number of randomly chosen labels: where it stands, and the values."""
