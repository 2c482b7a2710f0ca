"""What a simulation compares: arms x schedules x seeds x presets, and what stays the same for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from facelabel.acquisition import COSTLY, checked, strategy
from facelabel.campaign.settings import CampaignSettings, has_preset, presets
from facelabel.errors import FacelabelError
from facelabel.metrics.nme import Kind
from facelabel.pretrained import SHIPPED, choose

FEWEST = 2
"""Labels that a training needs."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Arm(_Frozen):
    """One way of choosing: a ``start`` strategy for the first batch and a ``strategy`` for the later ones, each with
    parameters that differ from their defaults."""

    start: str
    strategy: str
    parameters: tuple[tuple[str, float], ...] = ()
    own_start: bool = False
    """The start was named for this arm and is part of its name."""

    @property
    def name(self) -> str:
        values = "".join(f":{name}={value:g}" for name, value in self.parameters)
        return (f"{self.start}+" if self.own_start else "") + self.strategy + values

    @property
    def values(self) -> dict[str, float]:
        """The parameters as strategies take them."""
        return dict(self.parameters)

    @property
    def costly(self) -> tuple[str, ...]:
        """Scores that a model gives on request only and this arm needs."""
        needs = {*strategy(self.strategy).needs, *strategy(self.start).needs}
        return tuple(name for name in COSTLY if name in needs)

    @model_validator(mode="after")
    def _known(self) -> Self:
        checked(strategy(self.strategy), self.values)
        strategy(self.start)
        return self


def arm(text: str, start: str) -> Arm:
    """An arm from ``[START+]STRATEGY[:NAME=VALUE]…``. Raises FacelabelError naming what there is none of."""
    before, plus, rest = text.strip().rpartition("+")
    name, *pairs = rest.split(":")
    parameters: dict[str, float] = {}
    for pair in pairs:
        key, _, value = pair.partition("=")
        try:
            parameters[key] = float(value)
        except ValueError:
            raise FacelabelError(
                f"'{pair}' sets no parameter of the strategy '{name}'", cure="write STRATEGY:NAME=VALUE"
            ) from None
    return Arm(start=before or start, strategy=name, parameters=tuple(parameters.items()), own_start=bool(plus))


class Schedule(_Frozen):
    """How many labels there are when: ``first`` by the start, then ``batch`` a round until ``budget``; the last batch
    is cut to fit, as the budgets of the SCAF paper demand."""

    first: int = Field(ge=FEWEST)
    batch: int = Field(ge=1)
    budget: int = Field(ge=FEWEST)

    @property
    def counts(self) -> tuple[int, ...]:
        """Labels at which a model is trained and measured, rising."""
        return (*range(self.first, self.budget, self.batch), self.budget)

    @property
    def name(self) -> str:
        return f"{self.budget} labels, {self.batch} a round"

    @model_validator(mode="after")
    def _first_fits(self) -> Self:
        if self.first > self.budget:
            raise FacelabelError(
                f"the first batch of {self.first} faces is more than the budget of {self.budget}",
                cure="lower --first-batch or raise the budget",
            )
        return self


class Effort(_Frozen):
    """What a label costs the simulated annotator, who sees the prediction first: a landmark farther off than
    ``tolerance`` (a fraction of the face's normalising distance) is one correction; a face takes ``face`` seconds and
    each correction ``correction`` more. Assumptions, to be set from a lab's own log."""

    tolerance: float = Field(default=0.05, gt=0, le=1)
    face: float = Field(default=5.0, ge=0)
    correction: float = Field(default=1.5, ge=0)


class Plan(_Frozen):
    """A study. Two plans that share runs share their results, whatever else differs.

    ``against`` names the arm that the others are compared with. ``weights`` are as ``TrainSpec.pretrained``,
    ``changes`` as ``TrainSpec.changes``. ``noise`` is the standard deviation of the annotator's hand in x and
    in y, a fraction of the normalising distance. ``norm`` of None is the scheme's own.
    """

    arms: tuple[Arm, ...] = Field(min_length=1)
    against: str
    schedules: tuple[Schedule, ...] = Field(min_length=1)
    seeds: tuple[int, ...] = Field(min_length=1)
    presets: tuple[str, ...] = Field(min_length=1)
    start_from: Literal["last", "pretrained", "scratch"] = "last"
    weights: str | None = SHIPPED
    steps: int | None = Field(default=None, ge=1)
    changes: dict[str, Any] = {}
    score_at_most: int | None = Field(default=None, ge=1)
    noise: float = Field(default=0.0, ge=0, le=1)
    effort: Effort = Effort()
    norm: Kind | None = None

    @property
    def others(self) -> tuple[Arm, ...]:
        """The arms that are compared with ``against``."""
        return tuple(arm for arm in self.arms if arm.name != self.against)

    @property
    def costly(self) -> tuple[str, ...]:
        """Scores that a model gives on request only and any arm needs."""
        return tuple(name for name in COSTLY if any(name in arm.costly for arm in self.arms))

    @property
    def weightless(self) -> tuple[str, ...]:
        """The presets that are to start from the weights that ship with them, and have none: from nothing."""
        shipped = self.weights == SHIPPED and self.start_from != "scratch"
        return tuple(preset for preset in self.presets if shipped and choose(preset, SHIPPED) is None)

    @property
    def most(self) -> int:
        """Labels that the longest campaign asks for."""
        return max(schedule.budget for schedule in self.schedules)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        names = [arm.name for arm in self.arms]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise FacelabelError(f"the strategy '{twice}' is named twice", cure="name it once")
        if self.against not in names:
            raise FacelabelError(
                f"'{self.against}' is not among the strategies that are simulated", cure=f"one of {', '.join(names)}"
            )
        if unknown := next((name for name in self.presets if not has_preset(name)), None):
            offered = ", ".join(preset.id for preset in presets())
            raise FacelabelError(f"there is no model preset '{unknown}'", cure=f"use one of {offered}")
        return self


def plan(
    strategies: Sequence[str],
    *,
    against: str | None = None,
    cold_start: str = "random",
    **values: Any,
) -> Plan:
    """A plan from what a person typed; ``against`` of None is random where that is simulated, else the last.

    Raises FacelabelError naming the first value that is at fault.
    """
    arms = tuple(arm(text, cold_start) for text in strategies)
    names = [arm.name for arm in arms]
    if against is None and names:
        against = "random" if "random" in names else names[-1]
    try:
        return Plan(arms=arms, against=against or "", **values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        said = f"{first['msg'][:1].lower()}{first['msg'][1:]}"
        raise FacelabelError(f"{place} cannot be {first['input']!r}: {said}") from None


def schedules(budgets: Sequence[str], first: int, batch: int) -> tuple[Schedule, ...]:
    """Schedules from ``BUDGET`` or ``BUDGET:BATCH``. Raises FacelabelError for anything else."""
    found = []
    for text in budgets:
        budget, _, own = text.strip().partition(":")
        if not (budget.isdecimal() and (own.isdecimal() or not own)) or int(own or batch) < 1:
            raise FacelabelError(
                f"'{text}' is no budget", cure="write a number of labels, or labels:batch such as 158:30"
            )
        if int(budget) < FEWEST or first < FEWEST:
            raise FacelabelError(
                f"a model is trained on at least {FEWEST} labels", cure="raise the budget and the first batch"
            )
        found.append(Schedule(first=first, batch=int(own or batch), budget=int(budget)))
    return tuple(dict.fromkeys(found))


DEFAULTS = CampaignSettings()
"""A simulation plays the campaign that a project begins with, where nothing else is said."""
