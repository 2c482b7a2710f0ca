"""The lead's settings and what the campaign screen says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from facelabel import pretrained
from facelabel.campaign.loop import CampaignStatus
from facelabel.campaign.settings import CampaignSettings
from facelabel.ui import words
from facelabel.ui.campaign.checks import problems
from facelabel.ui.campaign.plots import NmePlot
from facelabel.ui.campaign.readings import RoundLine
from facelabel.ui.campaign.rounds_table import RoundsModel
from facelabel.ui.campaign.settings_form import SettingsForm


@pytest.fixture
def form(qtbot: QtBot) -> SettingsForm:
    made = SettingsForm([("scaf-tiny", "SCAF, tiny"), ("scaf", "SCAF")])
    made.DELAY = 0
    qtbot.addWidget(made)
    made.show()
    return made


def saved(form: SettingsForm) -> list[CampaignSettings]:
    got: list[CampaignSettings] = []
    form.changed.connect(got.append)
    return got


def test_the_form_shows_what_the_project_has(form: SettingsForm) -> None:
    settings = CampaignSettings(function="k-center", batch=25, discard=0.2, budget=500, preset="scaf", holdout=0.05)
    form.show_settings(settings)
    assert CampaignSettings.model_validate(form.values()) == settings


def test_a_valid_change_is_saved_by_itself(form: SettingsForm, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.changed, timeout=5000) as sent:
        form.field("batch").setValue(20)  # type: ignore[attr-defined]
    assert sent.args == [CampaignSettings(batch=20)]
    assert "next round" in form.state.text()


def test_an_invalid_value_is_named_beside_its_field_and_not_saved(form: SettingsForm) -> None:
    got = saved(form)
    form.field("discard").setValue(45)  # type: ignore[attr-defined]
    form.flush()
    assert form.error("discard") == "At most 30 %."
    assert form.error("batch") == ""
    assert "Not saved" in form.state.text()
    assert got == []
    form.show_settings(CampaignSettings(budget=999))
    assert form.values()["discard"] == 0.45, "what the person typed is not thrown away by a refresh"
    form.field("discard").setValue(15)  # type: ignore[attr-defined]
    form.flush()
    assert form.error("discard") == ""
    assert got == [CampaignSettings(discard=0.15)]


def test_settings_that_the_form_does_not_show_stay(form: SettingsForm) -> None:
    got = saved(form)
    form.show_settings(CampaignSettings(seed=7, steps=40))
    form.field("budget").setValue(300)  # type: ignore[attr-defined]
    form.flush()
    assert got == [CampaignSettings(seed=7, steps=40, budget=300)]


def test_the_form_says_what_a_model_starts_from(form: SettingsForm) -> None:
    shown = {label.text() for label in form.findChildren(QLabel) if label.isVisible()}
    assert f"Weights: {pretrained.start_of('scaf-tiny').text}" in shown
    assert "Each round goes on from the last, the first from the weights." in shown
    form.show_settings(CampaignSettings(preset="scaf", start_from="pretrained", pretrained="weights/ours"))
    shown = {label.text() for label in form.findChildren(QLabel)}
    assert "Weights: of your own, weights/ours" in shown
    assert "Every round starts anew from the weights, as in the papers." in shown
    assert form.values()["pretrained"] == "weights/ours"


def test_a_batch_beyond_the_budget_is_refused() -> None:
    assert list(problems(CampaignSettings(budget=50).model_dump() | {"batch": 60})) == ["batch"]
    assert problems(CampaignSettings().model_dump()) == {}


def test_the_time_of_scoring_is_told_once_it_is_known(form: SettingsForm) -> None:
    form.show_pace(0.05)
    assert form._cost.text() == "about 2 min a round"


def test_every_field_can_be_reached_and_has_a_name(form: SettingsForm) -> None:
    for name in ("function", "first_batch", "batch", "discard", "budget", "holdout", "preset", "start_from"):
        field = form.field(name)
        assert field.accessibleName()
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus


def state(**values: object) -> CampaignStatus:
    base = {
        "round": 3,
        "phase": "labelling",
        "batch_done": 7,
        "batch_size": 10,
        "labels": 27,
        "budget": 200,
        "budget_left": 173,
        "open_faces": 900,
        "function": "nnm",
        "version": 2,
        "trained_on": 18,
        "seconds_per_face": 20.0,
        "holdout_faces": 2,
    }
    return CampaignStatus(**(base | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "7 of 10 faces labelled"),
        ({"phase": "training"}, "learning from 27 labelled faces"),
        ({"phase": "finished", "budget_left": 0}, "budget is spent"),
        ({"phase": "finished"}, "No face is left"),
        ({"phase": "empty", "round": 0}, "900 faces wait"),
        ({"phase": "empty", "open_faces": 0, "labels": 0}, "There are no faces yet"),
    ],
)
def test_the_state_in_plain_words(values: dict[str, object], said: str) -> None:
    assert said in words.state(state(**values))


def test_the_budget_in_faces_and_hours() -> None:
    assert words.budget(state()) == "27 of 200 faces spent, 173 left · about 58 min of labelling at 20 s a face"
    assert words.budget(state(seconds_per_face=None)) == "27 of 200 faces spent, 173 left"


def test_the_table_of_rounds(qtbot: QtBot) -> None:
    model = RoundsModel()
    when = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    model.show_rounds(
        [
            RoundLine(2, "nnm", "training", 4, None, None, None, 8.04, None, when),
            RoundLine(1, "random", "done", 10, 6.125, 5.5, 7.0, None, 1, when),
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
