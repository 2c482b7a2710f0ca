"""The loop behind the window: batches are drawn and trained on without anybody asking; nothing is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from facelabel.campaign.loop import Campaign
from facelabel.store import images
from facelabel.store.project import Project
from facelabel.ui.main_window import MainWindow
from facelabel.ui.news import NewsBar
from tests.ui.shell import LONG, FakeWorker, label, label_batch, make_project, open_project, show


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


def status(window: MainWindow):
    assert window.workspace is not None
    return window.workspace.campaign.status()


def button(owner: object, caption: str) -> QPushButton:
    return next(b for b in owner.findChildren(QPushButton) if b.text() == caption)  # type: ignore[attr-defined]


def news(window: MainWindow) -> str:
    return " | ".join(window.findChild(NewsBar).texts())


def question(window: MainWindow) -> QMessageBox:
    return next(box for box in window.findChildren(QMessageBox) if box.isVisible())


def test_opening_draws_the_first_batch(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    make_project(tmp_path / "p")
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).phase == "labelling", timeout=LONG)
    assert status(window).batch_size == 3
    assert worker.kinds == []


def test_a_full_batch_trains_and_draws_the_next(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    truth = make_project(tmp_path / "p")
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).phase == "labelling", timeout=LONG)
    label_batch(window, truth)
    qtbot.waitUntil(lambda: status(window).round == 2, timeout=LONG)
    assert worker.kinds == ["round"]
    assert (status(window).phase, status(window).version, status(window).batch_size) == ("labelling", 1, 3)
    qtbot.waitUntil(lambda: "Model v1 is ready" in news(window), timeout=LONG)
    window.show_screen("campaign")
    work = window.workspace
    assert work is not None
    qtbot.waitUntil(lambda: work.screen.rounds.rowCount() == 2, timeout=LONG)
    assert "0 of 3 faces labelled" in work.screen.status_card.sentence()


def test_labelling_goes_on_while_a_model_trains(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    truth = make_project(tmp_path / "p")
    worker.hold = True
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).phase == "labelling", timeout=LONG)
    label_batch(window, truth)
    qtbot.waitUntil(lambda: status(window).phase == "training", timeout=LONG)
    work = window.workspace
    assert work is not None
    assert work.label is not None
    assert [item.ahead for item in work.campaign.queue()] == [True] * 3
    qtbot.waitUntil(lambda: "50 %" in work.trainer.text(), timeout=LONG)
    assert work.trainer.losses == [(5, 0.5)]
    work.label.dragging.emit(True)
    work.label.dragging.emit(False)
    assert worker.commands == ["pause", "resume"]
    worker.released.set()
    qtbot.waitUntil(lambda: status(window).round == 2, timeout=LONG)


def test_a_crash_of_the_worker_is_news_with_a_retry(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    truth = make_project(tmp_path / "p")
    worker.fails = "the worker crashed (Segmentation fault)"
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).phase == "labelling", timeout=LONG)
    label_batch(window, truth)
    qtbot.waitUntil(lambda: "Segmentation fault" in news(window), timeout=LONG)
    window.show_screen("campaign")
    window.show_screen("label")
    qtbot.wait(100)
    assert worker.kinds == ["round"], "it must not start again by itself"
    assert status(window).phase == "ready-to-train"
    assert status(window).labels == 3
    worker.fails = None
    button(window.news, "Retry").click()
    qtbot.waitUntil(lambda: status(window).round == 2, timeout=LONG)


def test_cancel_keeps_the_batch_and_train_now_goes_on(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    truth = make_project(tmp_path / "p")
    worker.hold = True
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).phase == "labelling", timeout=LONG)
    label_batch(window, truth)
    work = window.workspace
    assert work is not None
    qtbot.waitUntil(lambda: bool(work.trainer.losses), timeout=LONG)
    card = work.screen.trainer_card
    card.cancel_button.click()
    qtbot.waitUntil(lambda: not work.busy, timeout=LONG)
    assert "Stopped" in news(window)
    assert status(window).phase == "ready-to-train"
    worker.hold = False
    window.show_screen("campaign")
    qtbot.waitUntil(card.train_button.isEnabled, timeout=LONG)
    card.train_button.click()
    qtbot.waitUntil(lambda: status(window).round == 2, timeout=LONG)


def test_closing_while_training_asks_and_the_next_start_goes_on(
    qtbot: QtBot, tmp_path: Path, worker: FakeWorker
) -> None:
    truth = make_project(tmp_path / "p")
    worker.hold = True
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).phase == "labelling", timeout=LONG)
    label_batch(window, truth)
    qtbot.waitUntil(lambda: worker.kinds == ["round"], timeout=LONG)
    assert not window.close()
    button(question(window), "Keep it running").click()
    assert window.isVisible()
    assert window.workspace is not None
    assert not window.close()
    button(question(window), "Stop and finish later").click()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=LONG)
    assert worker.commands == ["cancel"]
    with Project.open(tmp_path / "p") as project:
        assert Campaign(project).status().phase == "ready-to-train"
    worker.hold = False
    again = show(qtbot, worker)
    open_project(qtbot, again, tmp_path / "p")
    qtbot.waitUntil(lambda: status(again).round == 2, timeout=LONG)
    assert worker.kinds == ["round", "round"]


def test_a_bug_in_the_job_is_shown_as_one(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    truth = make_project(tmp_path / "p")
    worker.raises = RuntimeError("off by one")
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).phase == "labelling", timeout=LONG)
    label_batch(window, truth)
    qtbot.waitUntil(lambda: any(box.isVisible() for box in window.findChildren(QMessageBox)), timeout=LONG)
    assert "bug in facelabel" in question(window).text()
    assert "off by one" in question(window).detailedText()
    assert status(window).phase == "ready-to-train"
    question(window).close()


def test_the_last_batch_of_the_budget_is_trained_on_too(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    truth = make_project(tmp_path / "p", budget=3)
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).phase == "labelling", timeout=LONG)
    label_batch(window, truth)
    qtbot.waitUntil(lambda: status(window).phase == "finished", timeout=LONG)
    assert status(window).version == 1
    window.show_screen("campaign")
    work = window.workspace
    assert work is not None
    qtbot.waitUntil(lambda: "budget is spent" in work.screen.status_card.sentence(), timeout=LONG)


def test_train_now_in_an_open_batch_ranks_its_faces_anew(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    truth = make_project(tmp_path / "p", first_batch=4)
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).phase == "labelling", timeout=LONG)
    work = window.workspace
    assert work is not None
    for item in work.campaign.queue()[:3]:
        label(work.project, item.face_id, truth[item.face_id])
    work.train_now()
    qtbot.waitUntil(lambda: worker.kinds == ["train", "score"] and not work.busy, timeout=LONG)
    assert (status(window).round, status(window).phase, status(window).batch_done) == (1, "labelling", 3)
    assert status(window).version == 1


def test_looking_for_faces_where_every_photo_was_searched_is_no_failure(
    qtbot: QtBot, tmp_path: Path, worker: FakeWorker
) -> None:
    make_project(tmp_path / "p", 3)
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    work = window.workspace
    assert work is not None
    with work.project.writing() as s:
        for image in images.not_searched(s):
            images.mark_searched(s, image.id, "test")
    work.detect()
    qtbot.waitUntil(lambda: bool(news(window)), timeout=LONG)
    assert "worker stopped" not in news(window)
    assert worker.kinds == []


def test_weights_that_know_the_scheme_predict_the_first_batch(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    truth = make_project(tmp_path / "p", start_from="last")
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    qtbot.waitUntil(lambda: status(window).version == 1, timeout=LONG)
    assert worker.kinds == ["score"]
    assert (status(window).phase, status(window).batch_size, status(window).trained_on) == ("labelling", 3, 0)
    qtbot.waitUntil(lambda: "ranked anew" in news(window), timeout=LONG)
    label_batch(window, truth)
    qtbot.waitUntil(lambda: status(window).round == 2, timeout=LONG)
    assert worker.kinds == ["score", "round"]
    assert worker.specs[1].train is not None
    assert worker.specs[1].train.start_from is None, "the first training takes all of its steps"
