"""The door: missing needs, plug-ins that misbehave, parameters out of range, installed strategies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from typing import Any

import numpy as np
import pytest

from facelabel.acquisition import ByBatch, ByScore, Choice, Pool, choose, in_order, problems, registry, strategies
from facelabel.acquisition.pool import Reason
from facelabel.errors import FacelabelError

SCORES = {"nnm": np.arange(20.0)}


def pool(**given: Any) -> Pool:
    labelled = np.arange(20) < 3
    return Pool(labelled, **({"scores": SCORES} | given))


def embeddings() -> np.ndarray:
    return np.random.default_rng(0).normal(size=(20, 3))


def rule(pick: Callable[..., Choice], needs: tuple[str, ...] = ()) -> ByBatch:
    return ByBatch("mine", "Mine", "", needs, pick)


def raising(*_: Any, **__: Any) -> Choice:
    raise RuntimeError("no such thing\nand more")


@pytest.mark.parametrize(
    ("pick", "said", "own"),
    [
        (raising, "failed: RuntimeError: no such thing;", ()),
        (
            lambda p, k, r: in_order("mine", [5, 5, 6, 7], 17),
            "returned 1 face twice and 3 usable of 4 faces",
            (5, 6, 7),
        ),
        (lambda p, k, r: in_order("mine", [5, 99, -1, 0], 17), "returned 3 faces that are not open", (5,)),
        (lambda p, k, r: in_order("mine", [5, 6], 17), "returned 2 usable of 4 faces", (5, 6)),
        (lambda p, k, r: None, "failed: AttributeError", ()),
        (lambda p, k, r: [1, 2], "failed: AttributeError", ()),
        (lambda p, k, r: Choice((0.5, 1.5), ()), "float64 values, not with rows", ()),
        (lambda p, k, r: Choice((), ()), "returned 0 usable of 4 faces", ()),
    ],
)
@pytest.mark.parametrize("known", [False, True])
def test_a_plug_in_that_misbehaves_costs_nothing(pick: Any, said: str, own: tuple[int, ...], known: bool) -> None:
    given = {"embeddings": embeddings()} if known else {}
    choice = choose(rule(pick), pool(**given), 4)
    assert choice.notice is not None
    assert said in choice.notice
    assert "\n" not in choice.notice
    assert ("typical of each group" if known else "chance") in choice.notice
    assert choice.faces[: len(own)] == own
    assert len(set(choice.faces)) == len(choice.reasons) == 4
    assert all(3 <= face < 20 for face in choice.faces)
    assert {reason.rule for reason in choice.reasons[len(own) :]} == {"typiclust" if known else "random"}


def test_more_faces_than_asked_for_are_cut() -> None:
    choice = choose(rule(lambda p, k, r: in_order("mine", p.candidates, 17)), pool(), 2)
    assert choice.faces == (3, 4)
    assert choice.notice is None


def test_a_plug_in_without_reasons_gets_plain_ones() -> None:
    choice = choose(rule(lambda p, k, r: Choice((9, 8), ())), pool(), 2)
    assert choice.reasons == (Reason("mine", 1, 2), Reason("mine", 2, 2))


def test_scores_that_are_not_finite_are_not_ranked_and_the_batch_is_filled() -> None:
    mine = ByScore("mine", "Mine", "", (), lambda p, rows: np.where(rows > 17, 1.0, np.nan))
    choice = choose(mine, pool(), 5)
    assert set(choice.faces[:2]) == {18, 19}
    assert choice.notice is not None
    assert "2 usable of 5 faces" in choice.notice


def test_equal_scores_are_said_and_the_first_faces_come() -> None:
    level = pool(scores={"nnm": np.ones(20), "entropy": np.arange(20.0)})
    choice = choose("nnm", level, 3, parameters={"discard": 0})
    assert choice.faces == (3, 4, 5)
    assert choice.notice == "the NNM scores of all faces are equal, and order none before another"
    assert choose("entropy", level, 3).notice is None
    assert choose("random", level, 3).notice is None


def test_scores_of_the_wrong_number_are_a_failure() -> None:
    mine = ByScore("mine", "Mine", "", (), lambda p, rows: np.zeros(3))
    assert "17 faces have (3,) scores" in str(choose(mine, pool(), 2).notice)


def test_doubts_that_fail_cost_only_themselves() -> None:
    mine = ByScore("mine", "Mine", "", ("nnm",), lambda p, rows: rows * 1.0, raising)
    choice = choose(mine, pool(), 2, parameters={"discard": 0})
    assert choice.faces == (19, 18)
    assert "in doubt could not be told: RuntimeError" in str(choice.notice)


def test_doubts_of_the_wrong_number_cost_only_themselves() -> None:
    mine = ByScore("mine", "Mine", "", ("nnm",), lambda p, rows: rows * 1.0, lambda p, rows: np.zeros((2, 5)))
    choice = choose(mine, pool(), 4, parameters={"discard": 0})
    assert choice.faces == (19, 18, 17, 16)
    assert "in doubt could not be told: ValueError" in str(choice.notice)


@pytest.mark.parametrize(
    ("needs", "parameters", "said"),
    [
        ("nnm", {}, "its needs are no tuple of names"),
        (None, {}, "its needs are no tuple of names"),
        ((), None, "its parameters are no mapping of names to Parameter"),
        ((), {"share": 0.3}, "its parameters are no mapping of names to Parameter"),
    ],
)
def test_a_plug_in_that_is_put_together_wrongly_is_left_aside(needs: Any, parameters: Any, said: str) -> None:
    mine = ByBatch("mine", "Mine", "", needs, lambda p, k, r: in_order("mine", [5, 6], 17), parameters)
    choice = choose(mine, pool(), 2)
    assert f"the strategy 'mine' cannot be used: {said}; 2 of 2 faces chosen otherwise" in str(choice.notice)
    assert len(set(choice.faces)) == 2


def test_reasons_in_numbers_of_numpy_become_plain_ones() -> None:
    reason = Reason("mine", np.int64(1), 17, np.float32(0.5), "", np.array([2, 1]))  # type: ignore[arg-type]
    [told] = choose(rule(lambda p, k, r: Choice((9,), (reason,))), pool(), 1).reasons
    assert told == Reason("mine", 1, 17, 0.5, "", (2, 1))
    assert (type(told.place), type(told.score), type(told.landmarks[0])) == (int, float, int)


def test_a_plug_in_that_writes_into_the_pool_changes_nothing_of_it() -> None:
    def sorting(p: Pool, k: int, rng: np.random.Generator) -> Choice:
        p.given("nnm").sort()
        return in_order("mine", p.candidates[:k], k)

    given = pool()
    before = given.given("nnm").copy()
    assert "failed: ValueError" in str(choose(rule(sorting, ("nnm",)), given, 2).notice)
    assert (given.given("nnm") == before).all()
    assert given.given("nnm").flags.writeable


def test_labelled_shapes_that_coincide_are_one_failure_told_once() -> None:
    shapes = np.random.default_rng(0).normal(size=(20, 4, 2))
    choice = choose("shape-prior", pool(shapes=shapes, truths=np.ones((5, 4, 2))), 4)
    assert str(choice.notice).count("coincide") == 1
    assert len(choice.faces) == 4


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        (
            "mirror",
            {},
            "needs disagreements with the mirror image (of a preset with decoding.flip), which there are not",
        ),
        ("entropy", {"embeddings": embeddings()}, "needs entropy scores"),
        ("k-center", {}, "needs embeddings"),
        ("k-center", {"embeddings": np.full((20, 3), np.nan)}, "no open face has them as finite numbers"),
        ("shape-prior", {"shapes": np.ones((20, 4, 2)), "truths": np.ones((2, 4, 2))}, "three complete labelled"),
        ("not-installed", {}, "there is no acquisition strategy 'not-installed'"),
    ],
)
def test_what_is_missing_is_said_and_the_queue_goes_on(name: str, given: dict[str, Any], said: str) -> None:
    choice = choose(name, pool(**given), 4)
    assert said in str(choice.notice)
    assert "4 of 4 faces chosen otherwise" in str(choice.notice)
    assert len(set(choice.faces)) == 4


def test_the_cold_start_needs_no_label_and_no_score() -> None:
    cold = Pool(np.zeros(20, dtype=bool), embeddings=embeddings())
    choice = choose("nnm", cold, 5)
    assert {reason.rule for reason in choice.reasons} == {"typiclust"}
    assert choose("typiclust", cold, 5).faces
    assert choose("typiclust", cold, 5).notice is None


def test_nobody_left_is_no_error() -> None:
    choice = choose("nnm", Pool(np.ones(5, dtype=bool), scores={"nnm": np.zeros(5)}), 3)
    assert choice.faces == ()
    assert choice.notice is None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"discard": 1.0}, "'discard' of the strategy 'nnm' cannot be 1.0 (a number from 0 to 0.3)"),
        ({"discard": float("nan")}, "cannot be nan"),
        ({"discard": True}, "cannot be True"),
        ({"share": 0.3}, "the strategy 'nnm' has no parameter 'share' (discard)"),
    ],
)
def test_parameters_are_checked(values: dict[str, float], said: str) -> None:
    with pytest.raises(FacelabelError) as caught:
        choose("nnm", pool(), 3, parameters=values)
    assert said in str(caught.value)


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="20 faces, but 7 rows of seconds"):
        choose("nnm", pool(seconds=np.ones(7)), 3)


class Fine:
    """What a package may bring: any object with these attributes."""

    id, title, text, needs, parameters = "lab", "The lab's own", "", (), {}

    def choose(self, pool: Pool, k: int, rng: np.random.Generator) -> Choice:
        return in_order(self.id, pool.candidates[::-1][:k], len(pool))


class Taken(Fine):
    id = "nnm"


class Hollow:
    id = "hollow"


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    points = [
        EntryPoint(name, f"{__name__}:{thing}", registry.GROUP)
        for name, thing in (("lab", "Fine"), ("taken", "Taken"), ("hollow", "Hollow"), ("gone", "Nothing"))
    ]
    loaded = {"Fine": Fine, "Taken": Taken, "Hollow": Hollow}

    def load(point: EntryPoint) -> object:
        return loaded[point.value.split(":")[1]]

    monkeypatch.setattr(EntryPoint, "load", load)
    monkeypatch.setattr(registry, "entry_points", lambda group: points if group == "facelabel.strategies" else [])
    registry.installed.cache_clear()
    yield
    registry.installed.cache_clear()


@pytest.mark.usefixtures("installed")
def test_an_installed_strategy_is_one_like_the_others() -> None:
    assert list(strategies())[-1] == "lab"
    assert choose("lab", pool(), 2).faces == (19, 18)


@pytest.mark.usefixtures("installed")
def test_a_broken_installed_strategy_is_told_in_one_line_and_hides_no_other() -> None:
    taken, hollow, gone = sorted(problems(), key=lambda line: ["taken", "hollow", "gone"].index(line.split("'")[1]))
    assert "the id 'nnm' is taken" in taken
    assert "it has no title, text, needs, parameters, choose" in hollow
    assert "KeyError" in gone
    assert strategies()["nnm"].title == "Negative neighbourhood magnitude"
    assert "it has no title" in str(choose("hollow", pool(), 2).notice)
