"""The lead's settings: a proposal with a preview until it is applied."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from facelabel import costs, pretrained
from facelabel.acquisition import BUILT_IN
from facelabel.campaign.overview import Costs
from facelabel.campaign.settings import CampaignSettings, templates
from facelabel.ui import words
from facelabel.ui.campaign.checks import problems
from facelabel.ui.campaign.settings_form import SettingsForm
from facelabel.ui.campaign_screen import SETTINGS
from facelabel.ui.main_window import MainWindow
from tests.ui.shell import LONG, FakeWorker, label_batch, make_project, open_project, show


@pytest.fixture
def form(qtbot: QtBot) -> SettingsForm:
    made = SettingsForm([("scaf-tiny", "SCAF, tiny"), ("scaf", "SCAF"), ("fase-tiny", "FASE, tiny")])
    qtbot.addWidget(made)
    made.show()
    return made


def applied(form: SettingsForm) -> list[CampaignSettings]:
    got: list[CampaignSettings] = []
    form.applied.connect(got.append)
    return got


def edit(form: SettingsForm, name: str, value: object) -> None:
    widget = form.field(name)
    if hasattr(widget, "findData"):
        widget.setCurrentIndex(widget.findData(value))
    else:
        widget.setValue(value)  # type: ignore[attr-defined]


def shown(form: SettingsForm) -> set[str]:
    return {label.text() for label in form.findChildren(QLabel) if label.isVisible()}


def test_the_form_shows_what_the_project_has(form: SettingsForm) -> None:
    settings = CampaignSettings(
        function="typiclust",
        parameters={"neighbours": 33.0},
        cold_start="coverage",
        batch=25,
        discard=0.2,
        budget=None,
        hours=7.5,
        preset="scaf",
        holdout=0.05,
        audit_at_most=33,
        stopping="off",
        overlap=4,
        export_to="300w",
        seed=4711,
        steps=300,
        pretrained="/weights/of mine",
    )
    form.show_settings(settings)
    assert CampaignSettings.model_validate(form.values()) == settings


def test_a_change_is_proposed_and_holds_only_once_applied(form: SettingsForm, qtbot: QtBot) -> None:
    got = applied(form)
    with qtbot.waitSignal(form.proposed, timeout=LONG) as sent:
        edit(form, "batch", 20)
    assert sent.args == [CampaignSettings(batch=20)]
    assert got == []
    assert form.state.text() == "Not applied yet: Batch (K): 10 → 20"
    form.apply_button.click()
    assert got == [CampaignSettings(batch=20)]
    form.show_saved(got[0])
    assert "next round" in form.state.text()
    assert not form.apply_button.isEnabled()


def test_a_proposal_can_be_put_back(form: SettingsForm) -> None:
    edit(form, "function", "coverage")
    edit(form, "budget", 300)
    form.back_button.click()
    assert form.values() == CampaignSettings().model_dump()
    assert not form.apply_button.isEnabled()


def test_weights_seed_and_steps_can_be_set(form: SettingsForm) -> None:
    got = applied(form)
    form.field("pretrained").edit.setText(" /weights/of mine ")  # type: ignore[attr-defined]
    edit(form, "seed", 7)
    edit(form, "steps", 250)
    assert any("/weights/of mine" in text for text in shown(form))
    form.apply_button.click()
    assert got == [CampaignSettings(pretrained="/weights/of mine", seed=7, steps=250)]
    form.show_saved(got[0])
    form.field("pretrained").edit.clear()  # type: ignore[attr-defined]
    edit(form, "steps", 0)
    form.apply_button.click()
    assert got[1:] == [CampaignSettings(seed=7)]


def test_a_refusal_keeps_the_proposal_and_says_why(form: SettingsForm) -> None:
    edit(form, "batch", 20)
    form.apply_button.click()
    form.show_refused("the weights cannot be read")
    assert "cannot be read" in form.state.text()
    assert form.values()["batch"] == 20
    assert form.apply_button.isEnabled()


def test_an_invalid_value_is_named_beside_its_field_and_cannot_be_applied(form: SettingsForm) -> None:
    got = applied(form)
    edit(form, "discard", 45)
    form.apply()
    assert form.error("discard") == "At most 30 %."
    assert form.error("batch") == ""
    assert not form.apply_button.isEnabled()
    assert got == []
    form.show_settings(CampaignSettings(budget=999))
    assert form.values()["discard"] == 0.45, "what the person typed is not thrown away by a refresh"
    edit(form, "discard", 15)
    form.apply()
    assert form.error("discard") == ""
    assert got == [CampaignSettings(discard=0.15)]


def test_digits_and_numbers_that_no_field_shows_are_no_proposal(form: SettingsForm) -> None:
    settings = CampaignSettings(discard=0.125, holdout=1 / 7, hours=2.25, parameters={"neighbours": 12})
    form.show_settings(settings)
    assert form.values() == settings.model_dump()
    edit(form, "discard", 15)
    assert (form.values()["discard"], form.values()["parameters"]) == (0.15, {"neighbours": 12})


def test_settings_that_the_form_does_not_show_stay(form: SettingsForm) -> None:
    got = applied(form)
    form.show_settings(CampaignSettings(seed=7, steps=40))
    edit(form, "budget", 300)
    form.apply()
    assert got == [CampaignSettings(seed=7, steps=40, budget=300)]


def test_no_limit_of_faces_needs_one_of_hours(form: SettingsForm) -> None:
    got = applied(form)
    edit(form, "budget", 0)
    form.apply()
    assert "needed" in form.error("budget")
    edit(form, "hours", 2.5)
    form.apply()
    assert got == [CampaignSettings(budget=None, hours=2.5)]


def test_a_strategy_shows_its_own_numbers(form: SettingsForm) -> None:
    got = applied(form)
    edit(form, "function", "nnm")
    assert not form.parameters.isVisible()
    edit(form, "function", "hybrid-typical")
    assert form.parameters.isVisible()
    form.parameters.field("neighbours").widget.setValue(35)  # type: ignore[attr-defined]
    form.apply()
    assert got == [CampaignSettings(function="hybrid-typical", parameters={"neighbours": 35})], (
        "the share of a third keeps the digits that its field does not show"
    )
    edit(form, "function", "random")
    assert not form.parameters.isVisible()
    assert form.values()["parameters"] == {}


@pytest.mark.parametrize(("function", "visible"), [("nnm", True), ("hybrid-typical", True), ("random", False)])
def test_the_discard_share_shows_where_it_means_something(form: SettingsForm, function: str, visible: bool) -> None:
    edit(form, "function", function)
    assert form.field("discard").isVisible() == visible


def test_a_strategy_that_is_not_installed_any_more_stays_and_says_so(form: SettingsForm) -> None:
    form.show_settings(CampaignSettings(function="ours"))
    assert form.values()["function"] == "ours"
    assert "It is not installed here: the batches are chosen otherwise." in shown(form)
    form.show_strategies(BUILT_IN, ["the installed strategy 'ours' cannot be used: ImportError"])
    assert form.values()["function"] == "ours"
    assert any("ImportError" in text for text in shown(form))


@pytest.mark.parametrize("name", list(templates()))
def test_a_template_is_a_proposal(form: SettingsForm, name: str) -> None:
    got = applied(form)
    form.show_settings(CampaignSettings(seed=9, steps=40))
    place = form.template.findData(name)
    form.template.setCurrentIndex(place)
    form.template.activated.emit(place)
    assert any(templates()[name].text in text for text in shown(form))
    assert got == []
    form.apply()
    assert got == [templates()[name].settings.model_copy(update={"seed": 9})]


def test_the_form_says_what_a_model_starts_from(form: SettingsForm) -> None:
    assert f"Weights: {pretrained.start_of('scaf-tiny').text}" in shown(form)
    assert "Each round goes on from the last, the first from the weights." in shown(form)
    form.show_settings(CampaignSettings(preset="scaf", start_from="pretrained", pretrained="weights/ours"))
    assert "Weights: of your own, weights/ours" in shown(form)
    assert "Every round starts anew from the weights, as in the papers." in shown(form)
    assert form.values()["pretrained"] == "weights/ours"


def test_the_form_says_what_a_model_costs_and_allows_what_takes_days(form: SettingsForm) -> None:
    assert f"Size: {costs.told('scaf-tiny')}." in shown(form)
    got = applied(form)
    edit(form, "slow_training", "allow")
    form.apply()
    assert [settings.slow_training for settings in got] == ["allow"]


def test_a_batch_beyond_the_budget_is_refused() -> None:
    assert list(problems(CampaignSettings(budget=50).model_dump() | {"batch": 60})) == ["batch"]
    assert problems(CampaignSettings().model_dump()) == {}


def test_costs_are_told_once_they_are_known(form: SettingsForm) -> None:
    assert "time shown after a round" in shown(form)
    form.show_costs(Costs(120.0, 100.0, 2000, "scaf-tiny"), 20.0, 5000)
    assert "2 min a round: 2,000 of 5,000 open faces" in shown(form)
    assert "while a model trains: 2 min, time for 6 faces" in shown(form)
    edit(form, "score_at_most", 200)
    assert "10 s a round: 200 of 5,000 open faces" in shown(form)
    edit(form, "preset", "fase-tiny")
    longer = costs.relative("fase-tiny", "scaf-tiny")
    assert longer is not None
    assert f"while a model trains: {words.duration(120 * longer[0])}, time for {6 * longer[0]:.0f} faces" in shown(form)


def test_every_field_can_be_reached_and_has_a_name(form: SettingsForm) -> None:
    for name in set(CampaignSettings.model_fields) - {"parameters", "pretrained", "seed", "steps"}:
        field = form.field(name)
        assert field.accessibleName()
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus


# Through the window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """After one round: a model has ranked the faces, and the second batch is drawn."""
    truth = make_project(tmp_path / "p")
    made = show(qtbot, FakeWorker())
    open_project(qtbot, made, tmp_path / "p")
    work = made.workspace
    assert work is not None
    qtbot.waitUntil(lambda: work.campaign.status().phase == "labelling", timeout=LONG)
    label_batch(made, truth)
    qtbot.waitUntil(lambda: work.campaign.status().round == 2, timeout=LONG)
    made.show_screen("campaign")
    work.screen.show_page(SETTINGS)
    return made


def test_settings_show_the_batch_that_they_would_choose(qtbot: QtBot, window: MainWindow) -> None:
    work = window.workspace
    assert work is not None
    page, form = work.screen.settings_page, work.screen.form
    qtbot.waitUntil(lambda: form.values()["budget"] == 20, timeout=LONG)
    qtbot.waitUntil(lambda: page.said().startswith("3 faces"), timeout=LONG)
    edit(form, "batch", 5)
    edit(form, "function", "random")
    qtbot.waitUntil(lambda: page.said().startswith("5 faces by Random"), timeout=LONG)
    assert "by the settings as they are, too" in page.said()
    expected = work.campaign.preview(work.campaign.settings.model_copy(update={"batch": 5, "function": "random"}))
    assert [line.face_id for line in page.preview.faces.lines] == [pick.face_id for pick in expected.picks]
    assert all(line.why and line.picture is not None for line in page.preview.faces.lines)
    assert work.campaign.settings.batch == 3, "a preview changes nothing"


def test_applied_settings_are_saved_and_stand_in_the_history(qtbot: QtBot, window: MainWindow) -> None:
    work = window.workspace
    assert work is not None
    form, history = work.screen.form, work.screen.settings_page.history
    qtbot.waitUntil(lambda: form.values()["budget"] == 20, timeout=LONG)
    edit(form, "batch", 4)
    form.apply_button.click()
    qtbot.waitUntil(lambda: work.campaign.settings.batch == 4, timeout=LONG)
    qtbot.waitUntil(lambda: history.rowCount() == 2, timeout=LONG)
    row = [history.data(history.index(0, column)) for column in range(4)]
    assert row[1:] == ["test", "from 3", "Batch (K): 3 → 4"]
    assert "next round" in form.state.text()


def test_closing_with_a_proposal_changes_nothing(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    work = window.workspace
    assert work is not None
    qtbot.waitUntil(lambda: work.screen.form.values()["budget"] == 20, timeout=LONG)
    edit(work.screen.form, "batch", 4)
    assert window.close()
    again = show(qtbot, FakeWorker())
    open_project(qtbot, again, tmp_path / "p")
    assert again.workspace is not None
    assert again.workspace.campaign.settings.batch == 3
