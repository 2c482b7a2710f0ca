"""What a person may ask for, and the line that says why not."""

from __future__ import annotations

from typing import Any

import pytest

from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import FacelabelError
from facelabel.evaluation import papers
from facelabel.simulation.plan import Schedule, arm, plan, schedules
from facelabel.simulation.protocols import PROTOCOLS


@pytest.mark.parametrize(
    "text", ["random", "typiclust+nnm", "nnm:discard=0", "random+hybrid-typical:share=0.5:neighbours=7"]
)
def test_arms_are_called_what_they_were_asked_for(text: str) -> None:
    assert arm(text, "random").name == text


def test_an_arm_is_made_of_what_its_text_says() -> None:
    found = arm(" typiclust+hybrid-typical:discard=0.2 ", "random")
    assert (found.start, found.strategy, found.values) == ("typiclust", "hybrid-typical", {"discard": 0.2})
    assert arm("nnm", "coverage").start == "coverage"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("guess", "no acquisition strategy 'guess'"),
        ("guess+nnm", "no acquisition strategy 'guess'"),
        ("nnm:boldness=1", "no parameter 'boldness'"),
        ("nnm:discard=2", "cannot be 2.0"),
        ("nnm:discard", "sets no parameter"),
        ("nnm:discard=much", "sets no parameter"),
        ("", "no acquisition strategy ''"),
    ],
)
def test_what_is_no_arm(text: str, said: str) -> None:
    with pytest.raises(FacelabelError, match=said):
        arm(text, "random")


def test_the_last_batch_is_cut_to_the_budget() -> None:
    assert Schedule(first=10, batch=60, budget=315).counts == (10, 70, 130, 190, 250, 310, 315)
    assert Schedule(first=10, batch=10, budget=50).counts == (10, 20, 30, 40, 50)
    assert Schedule(first=10, batch=10, budget=10).counts == (10,)


@pytest.mark.parametrize(
    ("budgets", "first", "said"),
    [
        (["many"], 10, "'many' is no budget"),
        (["50:"], 10, None),
        (["50:0"], 10, "'50:0' is no budget"),
        (["-5"], 10, "'-5' is no budget"),
        (["1"], 2, "at least 2 labels"),
        (["9"], 10, "more than the budget of 9"),
    ],
)
def test_what_is_no_budget(budgets: list[str], first: int, said: str | None) -> None:
    if said is None:
        assert schedules(budgets, first, 5)[0].batch == 5
        return
    with pytest.raises(FacelabelError, match=said):
        schedules(budgets, first, 5)


def asked(*strategies: str, **values: Any) -> Any:
    given = {"schedules": schedules(("50",), 10, 10), "seeds": (0,), "presets": ("scaf-tiny",)}
    return plan(strategies, **(given | values))


def test_random_is_what_the_others_are_compared_with_where_there_is_one() -> None:
    assert asked("nnm", "random", "entropy").against == "random"
    assert asked("nnm", "entropy").against == "entropy"
    assert [one.name for one in asked("nnm", "random", against="nnm").others] == ["random"]


@pytest.mark.parametrize(
    ("strategies", "values", "said"),
    [
        (("nnm", "nnm"), {}, "'nnm' is named twice"),
        ((), {}, "arms cannot be"),
        (("nnm",), {"against": "random"}, "'random' is not among"),
        (("nnm",), {"presets": ("huge",)}, "no model preset 'huge'"),
        (("nnm",), {"noise": -1.0}, "noise cannot be -1.0"),
        (("nnm",), {"seeds": ()}, "seeds cannot be"),
    ],
)
def test_what_is_no_plan(strategies: tuple[str, ...], values: dict[str, Any], said: str) -> None:
    with pytest.raises(FacelabelError, match=said):
        asked(*strategies, **values)


def test_a_simulation_plays_the_campaign_of_a_new_project() -> None:
    assert asked("nnm").start_from == CampaignSettings().start_from


@pytest.mark.parametrize("name", PROTOCOLS)
def test_the_protocols_are_the_papers(name: str) -> None:
    known = PROTOCOLS[name]
    made = asked(*known.strategies, schedules=schedules(known.budgets, known.first_batch, 1), presets=(known.preset,))
    assert {one.name for one in made.arms} >= set(known.stated)
    assert (known.first_batch, known.start_from, known.changes) == (10, "pretrained", papers.SCAF)
    for schedule in made.schedules:
        assert all(schedule.budget in stated for stated in known.stated.values())
    # The tables of random labels are those that reproduce compares with.
    table = papers.TABLES["wflw" if name == "paper-wflw" else "300w"][1]
    assert known.stated["random"] == {labels: table[labels]["all"] for labels in known.stated["random"]}
