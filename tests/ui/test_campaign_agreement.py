"""The card that tells a lead how far people agree, and where they do not."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from facelabel.quality.agreement import Pair, Who, summarise
from facelabel.ui.campaign.agreement_card import AgreementCard
from tests.ui.reviewing import SCHEME, shape_of


def pair(number: int, off: np.ndarray, who: Who = "between", author: str = "ben") -> Pair:
    """Labels of a face whose normaliser is 100 pixels, the second off by ``off`` (68,) pixels to the right."""
    first = shape_of(number)
    second = first + np.stack([off, np.zeros(68)], axis=1)
    box = np.array([0.0, 0, 100, 100])
    return Pair(number, ("ann", author), who, first, second, off / 100, float(off.mean() / 100), True, box, 100.0)


@pytest.fixture
def card(qtbot: QtBot) -> AgreementCard:
    made = AgreementCard()
    qtbot.addWidget(made)
    made.resize(1200, 320)
    made.show()
    return made


def test_it_says_how_to_get_there_before_anybody_labelled_twice(card: AgreementCard) -> None:
    card.show_agreement(SCHEME, summarise(SCHEME, []))
    assert "No face was labelled twice yet" in card.text()
    assert not card.map.isVisible()


def test_groups_landmarks_and_the_floor_are_told(card: AgreementCard) -> None:
    off = np.full(68, 1.0)
    off[30] = 6.0
    every = [pair(n, off * (1 + n / 10)) for n in range(6)]
    every += [pair(9, off, "within", "ann"), pair(10, 2 * off, "gold")]
    card.show_agreement(SCHEME, summarise(SCHEME, every))
    rows = [[card.groups.index(row, column).data() for column in range(3)] for row in range(card.groups.rowCount())]
    assert rows == [
        ["ann and ben", "6", "1.3 %"],
        ["ann and the same again", "1", "1.1 %"],
        ["ben and gold faces", "1", "2.1 %"],
    ]
    assert "1.3 % of the distance between the eyes apart" in card.text()
    assert "7 of 7 began with the same prediction" in card.text()
    worst = card.landmarks.index(0, 0).data()
    assert worst == SCHEME.landmarks[30].name == "nose-tip"
    assert "nose-tip: 7.3 % apart on 7 faces" in card.map.sentence(30)
    assert card.map.accessibleDescription().startswith("nose-tip 7.3 %")


def test_the_map_paints_every_landmark_where_it_says(card: AgreementCard, qtbot: QtBot) -> None:
    off = np.full(68, 0.2)
    off[8] = 5.0
    card.show_agreement(SCHEME, summarise(SCHEME, [pair(n, off) for n in range(5)]))
    qtbot.waitExposed(card)
    image = card.map.grab().toImage()
    chin, corner = card.map.place_of(8).toPoint(), QPoint(2, 2)
    assert image.pixelColor(chin) != image.pixelColor(corner)
    assert image.pixelColor(chin).red() > image.pixelColor(chin).blue(), "the farthest is the reddest"
    assert image.pixelColor(chin) == image.pixelColor(chin + QPoint(4, 0)), "and the largest"


def test_too_few_are_no_floor(card: AgreementCard) -> None:
    card.show_agreement(SCHEME, summarise(SCHEME, [pair(0, np.ones(68))]))
    assert "Too few to tell: 1 of at least 5 faces" in card.text()
