"""The window with the real worker process: a round from end to end, and a cancel."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from facelabel.jobs.supervisor import Supervisor
from facelabel.settings import Settings
from facelabel.store import predictions
from facelabel.ui.dialogs.about import AboutDialog
from facelabel.ui.main_window import MainWindow
from tests.ui.shell import label_batch, leave, make_project, open_project

START = 60_000
"""Milliseconds that a worker may take to import torch on a busy machine."""


def test_a_round_a_cancel_and_what_the_worker_is(qtbot: QtBot, tmp_path: Path) -> None:
    truth = make_project(tmp_path / "p", 12, first_batch=4, batch=4, holdout=0.25)
    window = MainWindow(Settings(author="test"), make_supervisor=Supervisor)
    qtbot.addWidget(window, before_close_func=leave)
    window.show()
    open_project(qtbot, window, tmp_path / "p")
    work = window.workspace
    assert work is not None
    qtbot.waitUntil(lambda: work.campaign.status().phase == "labelling", timeout=START)
    label_batch(window, truth)
    qtbot.waitUntil(lambda: work.campaign.status().round == 2, timeout=START)
    with work.project.reading() as s:
        _, shape, _ = predictions.get(s, 1) or (None, None, None)
        assert shape is not None
        assert shape.shape == (5, 2)
    qtbot.waitUntil(lambda: not work.busy, timeout=START)
    assert len(work.trainer.losses) >= 1
    assert work.trainer.device

    work.campaign.change(work.campaign.settings.model_copy(update={"steps": 100_000}), "test")
    label_batch(window, truth)
    qtbot.waitUntil(lambda: work.trainer.stage == "train", timeout=START)
    work.trainer.cancel()
    qtbot.waitUntil(lambda: not work.busy, timeout=START)
    assert work.campaign.status().phase == "ready-to-train"
    assert work.campaign.status().labels == 8


def test_about_asks_the_worker_for_its_device(qtbot: QtBot) -> None:
    dialog = AboutDialog(Supervisor, None)
    dialog.open()
    qtbot.waitUntil(lambda: "asking" not in dialog.device.text(), timeout=START)
    assert "CPU" in dialog.device.text() or "NVIDIA" in dialog.device.text()
    dialog.close()
