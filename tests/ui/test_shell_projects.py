"""New project, import, export and demo, through their dialogs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QMessageBox, QWizard
from pytestqt.qtbot import QtBot

from facelabel.campaign.settings import CampaignSettings
from facelabel.errors import CancelledError, FacelabelError
from facelabel.exchange import demo
from facelabel.exchange.exporting import export
from facelabel.store import faces, images
from facelabel.store.project import Project
from facelabel.ui.dialogs.export_dialog import ExportDialog
from facelabel.ui.dialogs.import_dialog import ImportDialog
from facelabel.ui.dialogs.new_project import NewProjectWizard
from facelabel.ui.dialogs.new_project_plan import NewProject, folder_beside
from facelabel.ui.main_window import MainWindow
from tests.ui import labelling
from tests.ui.shell import LONG, FakeWorker, label, make_project, open_project, pictures, show

QUIET: Callable[[str, int, int], None] = lambda stage, done, total: None  # noqa: E731


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


def boxes_file(folder: Path, count: int) -> Path:
    file = folder / "boxes.csv"
    lines = [f"{path.name},30,30,60,60" for path, _ in pictures(folder, count)]
    file.write_text("\n".join(["image,left,top,width,height", *lines]))
    return file


def wizard_on(qtbot: QtBot, window: MainWindow, photos: Path) -> NewProjectWizard:
    window.menus.new_project(str(photos))
    return next(w for w in window.findChildren(NewProjectWizard) if w.isVisible())


def dialog_of(window: MainWindow, kind: type[QDialog]) -> QDialog:
    return next(d for d in window.findChildren(kind) if d.isVisible())


def test_the_wizard_makes_a_project_and_goes_to_labelling(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    boxes = boxes_file(tmp_path / "my photos", 5)
    window = show(qtbot, worker)
    wizard = wizard_on(qtbot, window, tmp_path / "my photos")
    assert wizard.plan().folder == tmp_path / "my photos-labels"
    wizard.next()
    wizard.next()
    wizard.faces.choose("boxes")
    assert not wizard.faces.isComplete()
    wizard.faces.boxes.set_path(boxes)
    assert wizard.faces.isComplete()
    wizard.next()
    wizard.campaign.form.field("first_batch").setValue(4)  # type: ignore[attr-defined]
    assert wizard.campaign.isComplete()
    with qtbot.waitSignal(window.project_opened, timeout=LONG):
        wizard.button(QWizard.WizardButton.FinishButton).click()
    work = window.workspace
    assert work is not None
    assert work.campaign.settings == CampaignSettings(first_batch=4)
    qtbot.waitUntil(lambda: work.campaign.status().batch_size == 4, timeout=LONG)
    assert "5 photos, 5 faces" in window.news.texts()[0]
    assert window.stack.currentWidget() is work.label


def test_a_new_project_with_the_detector_starts_it(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    pictures(tmp_path / "photos", 3)
    worker.hold = True
    window = show(qtbot, worker)
    wizard = wizard_on(qtbot, window, tmp_path / "photos")
    with qtbot.waitSignal(window.project_opened, timeout=LONG):
        wizard.accept()
    qtbot.waitUntil(lambda: worker.kinds == ["detect"], timeout=LONG)
    work = window.workspace
    assert work is not None
    assert window.stack.currentWidget() is work.label
    assert work.label is not None
    label = work.label
    qtbot.waitUntil(lambda: "searched for faces" in label.canvas.message, timeout=LONG)
    work.trainer.cancel()
    qtbot.waitUntil(lambda: not work.busy, timeout=LONG)


def test_a_page_says_what_it_wants(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    window = show(qtbot, worker)
    wizard = wizard_on(qtbot, window, tmp_path / "missing")
    assert not wizard.photos.isComplete()
    assert "folder that holds the photos" in wizard.photos.said.text()
    pictures(tmp_path / "photos", 1)
    wizard.photos.photos.set_path(tmp_path / "photos")
    assert wizard.photos.isComplete()
    wizard.photos.folder.set_path(tmp_path / "photos")
    assert "not empty" in wizard.photos.said.text()
    wizard.faces.choose("wflw")
    assert not wizard.faces.isComplete()
    assert "98" in wizard.faces.said.text()
    wizard.campaign.form.field("batch").setValue(0)  # type: ignore[attr-defined]
    assert not wizard.campaign.isComplete()
    wizard.reject()


def test_a_plan_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(FacelabelError, match="no photos"):
        NewProject(tmp_path / "empty", tmp_path / "p").create("me", QUIET, lambda: False)
    assert not (tmp_path / "p").exists()
    pictures(tmp_path / "photos", 2)
    (tmp_path / "q").mkdir()
    with pytest.raises(CancelledError):
        NewProject(tmp_path / "photos", tmp_path / "q").create("me", QUIET, lambda: True)
    assert list((tmp_path / "q").iterdir()) == []


def test_a_free_name_for_the_project_is_found(tmp_path: Path) -> None:
    (tmp_path / "a-labels").mkdir()
    assert folder_beside(tmp_path / "a") == tmp_path / "a-labels-2"


def test_import_adds_photos_and_says_what_it_refused(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    make_project(tmp_path / "p", 2)
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    boxes = boxes_file(tmp_path / "more", 4)
    (tmp_path / "more" / "broken.jpg").write_text("no picture")
    window.menus.import_photos()
    dialog = dialog_of(window, ImportDialog)
    assert isinstance(dialog, ImportDialog)
    assert not dialog.start_button.isEnabled()
    dialog.photos.set_path(tmp_path / "more")
    dialog.faces.setCurrentIndex(dialog.faces.findData("boxes"))
    assert not dialog.start_button.isEnabled()
    dialog.boxes.set_path(boxes)
    with qtbot.waitSignal(dialog.imported, timeout=LONG):
        dialog.start_button.click()
    said = window.news.texts()[-1]
    assert "2 photos" in said, "two of the four stand in the project already"
    assert "1 refused" in said
    assert "broken.jpg" in said
    work = window.workspace
    assert work is not None
    with work.project.reading() as s:
        assert images.count(s) == 4


def test_export_writes_and_reports(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    truth = make_project(tmp_path / "p", 3)
    window = show(qtbot, worker)
    open_project(qtbot, window, tmp_path / "p")
    work = window.workspace
    assert work is not None
    for face_id in (1, 2):
        label(work.project, face_id, truth[face_id])
    window.menus.export_labels()
    dialog = dialog_of(window, ExportDialog)
    assert isinstance(dialog, ExportDialog)
    dialog.out.set_path(tmp_path / "out")
    dialog.format.setCurrentIndex(dialog.format.findData("wflw"))
    qtbot.waitUntil(lambda: "98 landmarks" in dialog.questions.text(), timeout=LONG)
    assert not dialog.start_button.isEnabled()
    dialog.format.setCurrentIndex(dialog.format.findData("300w"))
    qtbot.waitUntil(lambda: "fits" in dialog.questions.text(), timeout=LONG)
    dialog.start_button.click()
    qtbot.waitUntil(lambda: any(b.isVisible() for b in window.findChildren(QMessageBox)), timeout=LONG)
    report = next(b for b in window.findChildren(QMessageBox) if b.isVisible())
    assert report.text() == "2 faces written."
    report.close()
    assert len(json.loads((tmp_path / "out" / "manifest.json").read_text())["faces"]) == 2
    assert len(list((tmp_path / "out").glob("*.pts"))) == 2


def test_attributes_set_at_the_desk_leave_in_a_wflw_list(qtbot: QtBot, tmp_path: Path, worker: FakeWorker) -> None:
    made = labelling.make_project(tmp_path, scheme="wflw-98", count=2)
    folder = made.folder
    made.close()
    window = show(qtbot, worker)
    open_project(qtbot, window, folder)
    work = window.workspace
    assert work is not None
    assert work.label is not None
    bench, chips = work.label.bench, work.label.chips.chips
    for yes in (range(6), range(5)):
        qtbot.waitUntil(lambda: bench.face is not None and chips[0].isEnabled(), timeout=LONG)
        for number in yes:
            chips[number].click()
            if number % 2:
                chips[number].click()  # yes, then no
        with qtbot.waitSignal(bench.face_saved, timeout=LONG):
            bench.accept()
        if len(yes) == 6:
            dialog = ExportDialog(work.project, work.background, window)
            dialog.out.set_path(tmp_path / "out")
            dialog.format.setCurrentIndex(dialog.format.findData("wflw"))
            qtbot.waitUntil(lambda dialog=dialog: "fits" in dialog.questions.text(), timeout=LONG)  # type: ignore[misc]
            assert not dialog.unset.isVisibleTo(dialog), "nothing is to be asked"
            assert dialog.start_button.isEnabled()
            dialog.predictions.click()
            assert not dialog.start_button.isEnabled(), "of predicted faces nobody set any"
            dialog.predictions.click()
            options = dialog.options()
            export(work.project, tmp_path / "out", options)
            (line,) = next((tmp_path / "out").rglob("*.txt")).read_text().splitlines()
            assert line.split()[2 * 98 + 4 : -1] == ["1", "0", "1", "0", "1", "0"]
    asked = ExportDialog(work.project, work.background, window)
    asked.format.setCurrentIndex(asked.format.findData("wflw"))
    qtbot.waitUntil(lambda: "1 of 2" in asked.questions.text(), timeout=LONG)
    assert asked.unset.isVisibleTo(asked)
    assert not asked.start_button.isEnabled()


def test_the_demo_is_whole_or_not_there(tmp_path: Path) -> None:
    said: list[tuple[str, int, int]] = []
    with demo.build_demo(tmp_path / "demo", 3, progress=lambda *step: said.append(step)) as project:
        truth = demo.truth(project)
        with project.reading() as s:
            assert sorted(truth) == faces.open_ids(s)
            for face_id, record in truth.items():
                face = faces.get(s, face_id)
                assert project.path_of(images.get(s, face.image_id)).is_file()
                box = faces.box_of(face)
                inside = (record.shape > [box.left - 20, box.top - 20]) & (
                    record.shape < [box.right + 20, box.bottom + 20]
                )
                assert inside.all()
    assert said[-1] == ("render", 3, 3)
    with pytest.raises(CancelledError):
        demo.build_demo(tmp_path / "other", 3, cancelled=lambda: len(said) > 0)
    assert not list(tmp_path.glob("other*"))
    with pytest.raises(FacelabelError, match="not empty"):
        demo.build_demo(tmp_path / "demo", 3)


def test_the_truth_is_only_in_the_demo(tmp_path: Path) -> None:
    make_project(tmp_path / "p", 1)
    with Project.open(tmp_path / "p") as project, pytest.raises(FacelabelError, match="no truth"):
        demo.truth(project)


def test_try_the_demo_opens_the_one_that_is_there(qtbot: QtBot, worker: FakeWorker) -> None:
    demo.build_demo(demo.folder(), 3).close()
    window = show(qtbot, worker)
    with qtbot.waitSignal(window.project_opened, timeout=LONG):
        window.start.demo_button.click()
    assert window.workspace is not None
    assert window.workspace.project.folder.name == "demo"
