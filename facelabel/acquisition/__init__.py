"""Acquisition: which faces a person should label next. Pure functions of NumPy arrays; higher = ask first.

``choose(strategy, pool, k, seed=…)`` is the door to every strategy; the functions that they are made of stand alone.
"""

from __future__ import annotations

from facelabel.acquisition.choosing import choose
from facelabel.acquisition.coverage import max_herding
from facelabel.acquisition.disagreement import disagreement, spread
from facelabel.acquisition.doubts import in_doubt
from facelabel.acquisition.entropy import entropy
from facelabel.acquisition.kcenter import k_center_greedy
from facelabel.acquisition.nnm import nnm, window_for
from facelabel.acquisition.plausibility import PrincipalShapes, implausibility
from facelabel.acquisition.pool import COSTLY, SCORES, Choice, Parameter, Pool, Reason, Strategy
from facelabel.acquisition.rankings import ByScore, mean_rank, ranks
from facelabel.acquisition.registry import BUILT_IN, checked, problems, strategies, strategy
from facelabel.acquisition.selection import discard_top, random_order, spread_order, take
from facelabel.acquisition.typicality import k_means, sparseness, typicality
from facelabel.acquisition.varied import ByBatch, in_order

__all__ = [
    "BUILT_IN",
    "COSTLY",
    "SCORES",
    "ByBatch",
    "ByScore",
    "Choice",
    "Parameter",
    "Pool",
    "PrincipalShapes",
    "Reason",
    "Strategy",
    "checked",
    "choose",
    "disagreement",
    "discard_top",
    "entropy",
    "implausibility",
    "in_doubt",
    "in_order",
    "k_center_greedy",
    "k_means",
    "max_herding",
    "mean_rank",
    "nnm",
    "problems",
    "random_order",
    "ranks",
    "sparseness",
    "spread",
    "spread_order",
    "strategies",
    "strategy",
    "take",
    "typicality",
    "window_for",
]
