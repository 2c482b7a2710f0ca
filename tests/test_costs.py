"""What a model costs, told before anything is trained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from facelabel import costs


def test_the_costs_of_every_preset_are_known() -> None:
    tiny, full = costs.of("fase-tiny"), costs.of("fase")
    assert tiny is not None
    assert full is not None
    assert costs.of("none") is None
    assert costs.told("none") == ""
    assert costs.gigabytes(full.training_bytes()) == "8.8 GB"
    assert tiny.training_bytes() < 1e9
    assert full.training_seconds() > 5 * costs.PATIENCE > costs.PATIENCE > 100 * tiny.training_seconds()
    assert full.training_seconds(threads=4) == pytest.approx(full.training_seconds() / 4)
    assert "made for a GPU" in costs.told("fase")
    assert costs.told("fase-tiny").startswith("0.9 million parameters, 0.7 GB to train; 50 labels take about ")
    assert "GPU" not in costs.told("fase-tiny")


def test_a_batch_is_taken_in_portions_that_have_room() -> None:
    cost = costs.of("fase")
    assert cost is not None
    room = cost.training_bytes(8)
    assert cost.portion(8, room) == (8, False)
    assert cost.portion(40, room) == (8, False)
    assert cost.portion(8, 0.6 * room) == (3, False)
    assert cost.training_bytes(3) <= 0.6 * room < cost.training_bytes(4)
    least = cost.training_bytes(1)
    faces, checkpointing = cost.portion(8, least - 1)
    assert (faces, checkpointing) == (1, True)
    assert cost.portion(8, cost.training_bytes(1, checkpointing=True) - 1) == (0, True)
    assert replace(cost, kept=2 * cost.kept).training_bytes() > room


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "3 seconds"), (70, "1 minute"), (600, "10 minutes"), (7200, "2 hours"), (10 * 86400, "10 days")],
)
def test_how_long_in_words(seconds: float, words: str) -> None:
    assert costs.duration(seconds) == words


def test_free_memory_is_a_number_or_not_told() -> None:
    free = costs.free_memory()
    assert free is None or free > 0
