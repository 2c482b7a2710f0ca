"""All strategies by their ids: facelabel's own, and those that installed packages bring."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from importlib.metadata import entry_points
from typing import Any

from facelabel.acquisition import rankings, varied
from facelabel.acquisition.pool import Parameter, Strategy
from facelabel.acquisition.rankings import DISCARD, ByScore
from facelabel.acquisition.varied import ByBatch
from facelabel.errors import FacelabelError

GROUP = "facelabel.strategies"
_NEIGHBOURS = Parameter(20, 1, 200, "nearest faces that tell how typical a face is")

BUILT_IN: tuple[Strategy, ...] = (
    ByScore(
        "nnm",
        "Negative neighbourhood magnitude",
        "Faces whose heatmaps hold little mass around the predicted landmarks come first.",
        ("nnm",),
        rankings.scored("nnm"),
    ),
    ByScore(
        "entropy",
        "Heatmap entropy",
        "Faces whose heatmaps spread their mass widely come first.",
        ("entropy",),
        rankings.scored("entropy"),
    ),
    ByBatch(
        "k-center",
        "k-center greedy",
        "Faces that look least like any labelled face come first, so that the batch covers the pool.",
        ("embeddings",),
        varied.by_distance,
    ),
    ByBatch(
        "random",
        "Random",
        "Faces in a seeded chance order: the yardstick for the others.",
        (),
        varied.at_random,
    ),
    ByBatch(
        "hybrid-typical",
        "Typical among the uncertain",
        "Of the most uncertain faces, the likely outliers left out, those that are most like many others.",
        ("nnm", "embeddings"),
        varied.hybrid_typical,
        {
            "discard": DISCARD,
            "share": Parameter(1 / 3, 0.01, 1, "share of the rest that counts as uncertain"),
            "neighbours": _NEIGHBOURS,
        },
    ),
    ByBatch(
        "typiclust",
        "Typical of each group",
        "The most typical face of each group of like faces that has no label yet. Needs no label to begin.",
        ("embeddings",),
        varied.typical_of_groups,
        {"neighbours": _NEIGHBOURS},
    ),
    ByBatch(
        "typical-k-center",
        "k-center without outliers",
        "Like k-center greedy, after the faces with no other near them are left out.",
        ("embeddings",),
        varied.by_distance_without_outliers,
        {
            "discard": Parameter(0.1, 0, 0.9, "share of the faces farthest from any other that is left out"),
            "neighbours": Parameter(10, 1, 200, "the distance to which nearest face tells how lonely one is"),
        },
    ),
    ByBatch(
        "coverage",
        "Coverage",
        "Faces that together stand near as much of the pool as they can. Needs no label to begin.",
        ("embeddings",),
        varied.by_coverage,
        {"bandwidth": Parameter(0.7, 0.05, 5, "how far a face stands for others, in median distances of two faces")},
    ),
    ByScore(
        "mirror",
        "Disagreement with the mirror image",
        "Faces whose mirror image is predicted otherwise than they are come first.",
        ("mirror",),
        rankings.mirror,
        rankings.apart_by_landmark("mirrored"),
    ),
    ByScore(
        "committee",
        "Disagreement of two models",
        "Faces that two versions of the model predict otherwise come first.",
        ("shapes", "committee"),
        rankings.apart("committee"),
        rankings.apart_by_landmark("committee"),
    ),
    ByScore(
        "augmentation",
        "Disagreement under augmentation",
        "Faces whose prediction changes when the crop is altered a little come first.",
        ("augmentation",),
        rankings.scored_or_apart("augmentation", "augmented"),
        rankings.apart_by_landmark("augmented"),
    ),
    ByScore(
        "shape-prior",
        "Unlikely shape",
        "Faces whose predicted shape is unlike the labelled ones come first.",
        ("shapes", "truths"),
        rankings.unlikely,
        rankings.unlikely_by_landmark,
    ),
    ByScore(
        "three-ranks",
        "Mean of three ranks",
        "Faces that NNM, the mirror image and the labelled shapes together hold for wrong come first.",
        ("nnm", "mirror", "shapes", "truths"),
        rankings.three_ranks,
        rankings.apart_by_landmark("mirrored"),
    ),
    ByScore(
        "per-second",
        "Gain per second",
        "Faces that promise most for each second of an annotator's time come first.",
        ("nnm", "seconds"),
        rankings.per_second,
    ),
)


def strategies() -> Mapping[str, Strategy]:
    """Every strategy by id: facelabel's own, then those of installed packages by id; ``problems`` tells the broken."""
    return installed()[0]


def problems() -> tuple[str, ...]:
    """One line for each installed strategy that cannot be used."""
    return installed()[1]


def strategy(name: str) -> Strategy:
    """Raises FacelabelError, with the reason of a broken one, where there is none of this id."""
    if name in strategies():
        return strategies()[name]
    reason = next((f": {line}" for line in problems() if f"'{name}'" in line), "")
    raise FacelabelError(
        f"there is no acquisition strategy '{name}'{reason}",
        cure=f"choose one of {', '.join(strategies())}, or install the package that brings it",
    )


def checked(chosen: Strategy, values: Mapping[str, float]) -> dict[str, float]:
    """A value for each parameter, the default where none is given. Raises FacelabelError that names the range."""
    for name, value in values.items():
        parameter = chosen.parameters.get(name)
        if parameter is None:
            known = ", ".join(chosen.parameters) or "it has none"
            raise FacelabelError(f"the strategy '{chosen.id}' has no parameter '{name}'", cure=known)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not parameter.low <= value <= parameter.high:
            raise FacelabelError(
                f"the parameter '{name}' of the strategy '{chosen.id}' cannot be {value!r}",
                cure=f"a number from {parameter.low:g} to {parameter.high:g}",
            )
    return {name: values.get(name, parameter.default) for name, parameter in chosen.parameters.items()}


@lru_cache(maxsize=1)
def installed() -> tuple[dict[str, Strategy], tuple[str, ...]]:
    """Strategies by id and the lines of ``problems``, looked up once a process."""
    found = {one.id: one for one in BUILT_IN}
    broken = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        try:
            loaded = point.load()
            one = loaded() if isinstance(loaded, type) else loaded
            said = unfit(one) or (f"the id '{one.id}' is taken" if one.id in found else "")
        except Exception as error:
            said = f"{type(error).__name__}: {_line(error)}"
        if said:
            broken.append(f"the installed strategy '{point.name}' ({point.value}) cannot be used: {said}")
        else:
            found[one.id] = one
    return found, tuple(broken)


def unfit(one: object) -> str:
    """Why this is no ``Strategy``, in a few words, or an empty text."""
    lacks = [name for name in ("id", "title", "text", "needs", "parameters", "choose") if not hasattr(one, name)]
    if lacks:
        return f"it has no {', '.join(lacks)}"
    given: Any = one
    if wrong := next((name for name in ("id", "title", "text") if not isinstance(getattr(one, name), str)), None):
        return f"its {wrong} is no text"
    needs, own = given.needs, given.parameters
    if isinstance(needs, str) or not (isinstance(needs, Collection) and all(isinstance(name, str) for name in needs)):
        return "its needs are no tuple of names"
    if not (isinstance(own, Mapping) and all(isinstance(value, Parameter) for value in own.values())):
        return "its parameters are no mapping of names to Parameter"
    return "" if callable(given.choose) else "its choose cannot be called"


def _line(error: Exception) -> str:
    return (str(error).splitlines() or ["no reason given"])[0]
