"""Model versions side by side on the Campaign screen."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from facelabel.campaign.comparing import Side, Size, Versions
from facelabel.ui.campaign.compare_card import CompareCard


def side(version: int, preset: str, nme: float | None, parameters: int | None = 1_500_000) -> Side:
    interval = None if nme is None else (nme - 0.5, nme + 0.5)
    return Side(version, preset, 50, nme, interval, 40, 90.0, 0.012, Size(preset, parameters, 0.7e9))


@pytest.fixture
def card(qtbot: QtBot) -> CompareCard:
    made = CompareCard()
    qtbot.addWidget(made)
    made.show()
    return made


def versions() -> Versions:
    sides = (side(1, "scaf-tiny", 5.0), side(2, "scaf-tiny", 4.6), side(3, "fase-tiny", 4.0), side(4, "scaf", None))
    spread = np.random.default_rng(0).normal(0, 0.002, 40)
    missing = np.full(40, np.nan)
    return Versions(sides, np.stack([0.05 + spread, 0.046 + spread[::-1], 0.04 + spread, missing]))


def test_it_begins_with_the_newest_of_two_models(card: CompareCard) -> None:
    sides, errors = versions().sides[:3], versions().errors[:3]
    card.show_versions(Versions(sides, errors))
    assert [box.currentText() for box in card.boxes] == ["v2, scaf-tiny", "v3, fase-tiny"]
    said = card.text()
    assert "4.60 % (4.10–5.10) | 4.00 % (3.50–4.50)" in said
    assert "12 ms | 12 ms" in said
    assert "0.7 GB | 0.7 GB" in said
    assert "1.5 million | 1.5 million" in said
    assert "v3 is more accurate than v2. Difference +0.60 points (95 %: +0." in said
    assert "on 40 audit faces" in said


def test_what_was_chosen_stays_chosen(card: CompareCard) -> None:
    card.show_versions(versions())
    card.boxes[0].setCurrentIndex(0)
    card.boxes[1].setCurrentIndex(0)
    assert "Choose two versions." in card.text()
    card.boxes[1].setCurrentIndex(3)
    assert "No audit face was predicted by both" in card.text()
    found = versions()
    card.show_versions(Versions((*found.sides, side(5, "fase-tiny", 3.9)), np.vstack([found.errors, found.errors[2]])))
    assert [box.currentText() for box in card.boxes] == ["v1, scaf-tiny", "v4, scaf"]


def test_versions_that_chance_may_explain_are_not_called_different(card: CompareCard) -> None:
    noise = np.random.default_rng(1).normal(0, 0.01, (2, 40))
    pair = (side(1, "scaf-tiny", 4.1, None), side(2, "scaf-tiny", 4.1, None))
    card.show_versions(Versions(pair, 0.04 + noise))
    assert "No difference between v1 and v2 can be shown." in card.text()
    assert "– | –" in card.text()


def test_with_one_version_there_is_nothing_to_compare(card: CompareCard) -> None:
    card.show_versions(Versions((side(1, "scaf-tiny", 5.0),), np.full((1, 3), 0.05)))
    assert not card.boxes[0].isVisible()
    assert "Two trained versions can be compared here" in card.text()
