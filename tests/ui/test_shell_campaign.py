"""What the campaign screen says, in words and plots."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from facelabel.ui import words
from facelabel.ui.campaign.curve_plot import NmePlot
from facelabel.ui.campaign.readings import RoundLine
from facelabel.ui.campaign.rounds_table import RoundsModel
from tests.ui.shell import campaign_status


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "7 of 10 faces labelled"),
        ({"phase": "training"}, "learning from 27 labelled faces"),
        ({"phase": "finished", "budget_left": 0}, "budget is spent"),
        ({"phase": "finished"}, "No face is left"),
        ({"phase": "empty", "round": 0}, "900 faces to label"),
        ({"phase": "empty", "open_faces": 0, "labels": 0}, "There are no faces yet"),
    ],
)
def test_the_state_in_plain_words(values: dict[str, object], said: str) -> None:
    assert said in words.state(campaign_status(**values))


def test_the_table_of_rounds(qtbot: QtBot) -> None:
    model = RoundsModel()
    when = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    model.show_rounds(
        [
            RoundLine(2, "Negative neighbourhood magnitude", "training", 4, None, None, None, 8.04, None, when),
            RoundLine(1, "Random", "done", 10, 6.125, 5.5, 7.0, None, 1, when),
        ]
    )
    rows = [[model.data(model.index(r, c)) for c in range(6)] for r in range(2)]
    assert rows == [
        ["2", "Negative neighbourhood magnitude", "4", "–", "8.0", "training"],
        ["1", "Random", "10", "6.12 % (5.5–7.0)", "–", "v1"],
    ]


def test_a_plot_says_what_it_waits_for(qtbot: QtBot) -> None:
    plot = NmePlot()
    qtbot.addWidget(plot)
    plot.show_points([])
    assert plot.sentence()
    plot.say("")
    plot.show_points([(20, 6.0, 5.0, 7.0), (10, 9.0, 7.0, 11.0)])
    curve = next(item for item in plot.item.listDataItems())
    assert curve.getData()[0].tolist() == [10, 20]
    assert curve.getData()[1].tolist() == [9, 6]
