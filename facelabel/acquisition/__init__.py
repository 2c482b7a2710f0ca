"""Acquisition functions: which faces a person should label next. Pure functions of NumPy arrays; higher = ask first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from facelabel.acquisition.entropy import entropy
from facelabel.acquisition.kcenter import k_center_greedy
from facelabel.acquisition.nnm import nnm, window_for
from facelabel.acquisition.selection import discard_top, random_order, take

__all__ = [
    "FUNCTIONS",
    "FunctionInfo",
    "discard_top",
    "entropy",
    "k_center_greedy",
    "nnm",
    "random_order",
    "take",
    "window_for",
]


@dataclass(frozen=True)
class FunctionInfo:
    """An acquisition function as a campaign offers it; ``needs`` says what the model has to hand over for it."""

    id: str
    title: str
    needs: Literal["scores", "embeddings", "nothing"]
    text: str


FUNCTIONS: dict[str, FunctionInfo] = {
    info.id: info
    for info in (
        FunctionInfo(
            "nnm",
            "Negative neighbourhood magnitude",
            "scores",
            "Faces whose heatmaps hold little mass around the predicted landmarks come first.",
        ),
        FunctionInfo(
            "entropy",
            "Heatmap entropy",
            "scores",
            "Faces whose heatmaps spread their mass widely come first.",
        ),
        FunctionInfo(
            "k-center",
            "k-center greedy",
            "embeddings",
            "Faces that look least like any labelled face come first, so that the batch covers the pool.",
        ),
        FunctionInfo(
            "random",
            "Random",
            "nothing",
            "Faces in a seeded chance order: the yardstick for the others.",
        ),
    )
}
