"""The learning curve with its forecast, the budget and what counts, costs and the stopping suggestion."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from facelabel.campaign.forecast import Work, budget, effort, forecast, suggest_stop
from facelabel.campaign.loop import CampaignStatus, Measured, Outlook
from facelabel.campaign.overview import Costs
from facelabel.campaign.partial import InPart
from facelabel.ui.campaign.costs_card import CostsCard
from facelabel.ui.campaign.curve_plot import NmePlot
from facelabel.ui.campaign.forecast_card import ForecastCard
from facelabel.ui.campaign.status_card import StatusCard
from facelabel.ui.campaign_screen import PROGRESS
from tests.ui.shell import LONG, FakeWorker, campaign_status, label_batch, make_project, open_project, show

LABELS = np.array([10.0, 20, 40, 80])


def errors(faces: int = 40, floor: float = 0.03) -> np.ndarray:
    """(4, faces) of a model that gets better."""
    hard = np.random.default_rng(0).lognormal(0, 0.3, faces)
    return (floor + 0.2 * LABELS[:, None] ** -0.6) * hard / hard.mean()


def outlook(faces: int = 40, ahead: int = 100, **limits: object) -> Outlook:
    measured = errors(faces)
    pace = effort(np.random.default_rng(1).lognormal(3, 0.2, 60))
    assert pace.seconds_a_face is not None
    spent = budget(
        {"labelled": Work(80, 1600.0), "audit": Work(12, 400.0), "rejected": Work(3, 30.0)},
        seconds_a_face=pace.seconds_a_face.value,
        **({"face_limit": 200} | limits),  # type: ignore[arg-type]
    )
    said = forecast(LABELS, measured, ahead=ahead)
    stop = suggest_stop(LABELS, measured, batch=10, budget_left=108)
    return Outlook(said, pace, stop, spent, faces, 50, InPart(faces=92, in_part=0, confirmed=6256, landmarks=6256))


def status(faces: int = 40) -> CampaignStatus:
    nme = 100 * errors(faces).mean(axis=1)
    return campaign_status(
        measured=[
            Measured(n, int(labels), float(one), float(one) * 0.9, float(one) * 1.1, faces, 30.0)
            for n, (labels, one) in enumerate(zip(LABELS, nme, strict=True), start=1)
        ]
    )


@pytest.fixture
def card(qtbot: QtBot) -> ForecastCard:
    made = ForecastCard()
    qtbot.addWidget(made)
    return made


def test_the_sentence_says_what_more_labels_bring_and_cost(card: ForecastCard) -> None:
    said = outlook()
    curve = said.forecast.curve
    assert curve is not None
    card.show_outlook(status(), said, curve.at(np.linspace(10, 180, 5), said.forecast.level))
    assert card.sentence() == said.text[:1].upper() + said.text[1:] + "."
    assert "→" in card.sentence()
    assert "of annotation" in card.sentence()
    assert card.suggestion() == said.stop.text
    assert card.plot.sentence() == ""


def test_too_few_audit_faces_are_said_instead_of_a_number(card: ForecastCard) -> None:
    card.show_outlook(status(4), outlook(4), None)
    assert "too wide to tell: 4 audit faces are labelled, 10 are needed" in card.sentence()
    assert "4 of at least 5" in card.plot.sentence()


def test_a_model_of_the_long_schedule_is_on_no_curve(card: ForecastCard) -> None:
    before = status()
    finished = Measured(5, 80, 3.0, 2.8, 3.2, 40, 300.0, finish=True)
    card.show_outlook(campaign_status(measured=[*before.measured, finished]), outlook(), None)
    curve = next(item for item in card.plot.item.listDataItems() if item.opts["symbol"] == "o")
    assert curve.getData()[0].tolist() == LABELS.tolist()


def test_looking_farther_ahead_asks_anew(qtbot: QtBot, card: ForecastCard) -> None:
    with qtbot.waitSignal(card.ahead_changed, timeout=LONG):
        card._ahead.setValue(50)
    assert card.ahead == 50


def test_the_band_is_drawn_and_in_view(qtbot: QtBot) -> None:
    plot = NmePlot()
    qtbot.addWidget(plot)
    plot.say("")
    said = outlook()
    assert said.forecast.curve is not None
    plot.show_points([(80, 5.0, 4.0, 6.0), (40, 6.0, 5.0, 7.0)])
    alone = len(plot.item.items)
    plot.show_band(said.forecast.curve.at(np.linspace(40, 180, 5), 0.85), 0.85)
    assert len(plot.item.items) > alone
    (left, right), (bottom, top) = plot.item.getViewBox().viewRange()
    assert left < 40
    assert right >= 180
    assert bottom == pytest.approx(0)
    assert top > 7
    assert "85 % band" in plot._legend.text()
    plot.show_band(None, 0.85)
    assert len(plot.item.items) == alone


def test_the_budget_says_what_is_left_and_what_counts(qtbot: QtBot) -> None:
    made = StatusCard()
    qtbot.addWidget(made)
    made.show_status(campaign_status(), outlook(hour_limit=2.0))
    assert made.budget().startswith("92 of 200 faces and 0.6 of 2 hours spent; 108 faces left, about ")
    assert "80 labelled, 12 audit" in made.counts()
    assert "rejected" in made.counts()
    assert not made._hours.isHidden()
    assert made._faces.value() == 460
    made.show_status(campaign_status(), outlook())
    assert made._hours.isHidden()


def test_costs_of_faces_and_rounds(qtbot: QtBot) -> None:
    made = CostsCard()
    qtbot.addWidget(made)
    made.show_costs([20.0] * 9, outlook().effort, Costs(40.0, 12.0, 2000))
    assert "s each (" in made.text()
    assert "A round: 40 s of training, 12 s of scoring 2,000 faces." in made.text()
    made.show_costs([], effort([]), Costs())
    assert "8 are needed" in made.text()
    assert "after the first round" in made.text()


# Through the window


def test_after_rounds_the_page_tells_how_it_goes(qtbot: QtBot, tmp_path: Path) -> None:
    truth = make_project(tmp_path / "p", first_batch=6, batch=6, holdout=0.4, budget=24, hours=3.0)
    window = show(qtbot, FakeWorker())
    open_project(qtbot, window, tmp_path / "p")
    work = window.workspace
    assert work is not None
    for turn in (1, 2):
        qtbot.waitUntil(
            lambda turn=turn: (work.campaign.status().phase, work.campaign.status().round) == ("labelling", turn),
            timeout=LONG,
        )
        label_batch(window, truth)
    qtbot.waitUntil(lambda: work.campaign.status().round == 3, timeout=LONG)
    window.show_screen("campaign")
    screen = work.screen
    screen.show_page(PROGRESS)
    qtbot.waitUntil(lambda: screen.rounds.rowCount() == 3, timeout=LONG)
    expected = work.campaign.outlook()
    assert screen.progress.forecast.sentence()[1:-1] == expected.text[1:]
    assert expected.budget.text in screen.status_card.budget()
    assert "12 of 24 faces and 0.0 of 3 hours spent" in screen.status_card.budget()
    assert "A round: 2 s of training" in screen.progress.costs.text()
    screen.progress.forecast._ahead.setValue(7)
    qtbot.waitUntil(lambda: screen.progress.forecast.sentence().startswith("Another 7 labels"), timeout=LONG)


def test_a_project_that_is_only_read_shows_everything_and_changes_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    make_project(tmp_path / "p")
    window = show(qtbot, FakeWorker())
    with qtbot.waitSignal(window.project_opened, timeout=LONG):
        window.open_project(tmp_path / "p", read_only=True)
    work = window.workspace
    assert work is not None
    screen = work.screen
    for page in range(3):
        screen.show_page(page)
        qtbot.waitUntil(lambda: not screen.reading, timeout=LONG)
    assert screen.settings_page.said().startswith("3 faces")
    assert not screen.form.apply_button.isEnabled()
    assert not screen.form.template.isEnabled()
    screen.form.apply()
    assert work.campaign.settings.batch == 3
