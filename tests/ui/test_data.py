"""The Data screen: lists, filters, what is done to faces, photos without one, and problems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelabel.images.decode import probe
from facelabel.rendering.face import render_face
from facelabel.store import faces, images
from facelabel.store.project import Project
from facelabel.store.tables import Face, Image
from facelabel.ui.background import Background
from facelabel.ui.data.draw_box import PhotoBoxes
from facelabel.ui.data.screen import IMAGES, PROBLEMS, DataScreen
from facelabel.ui.image_loader import ImageLoader
from facelabel.ui.main_window import MainWindow
from tests.ui import shell
from tests.ui.labelling import LONG, make_project
from tests.ui.shell import FakeWorker, open_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, count=5) as made:
        yield made


@pytest.fixture
def screen(qtbot: QtBot, project: Project) -> Iterator[DataScreen]:
    background = Background()
    loader = ImageLoader(project.thumbnails_folder)
    shown = DataScreen(project, background, loader)
    qtbot.addWidget(shown)
    shown.resize(1200, 700)
    shown.show()
    qtbot.waitUntil(lambda: len(shown.faces.model.ids) == 5 and not shown.reading, timeout=LONG)
    yield shown
    background.shutdown()
    loader.shutdown()


def names(screen: DataScreen) -> list[str]:
    model = screen.faces.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def choose(screen: DataScreen, *rows: int) -> None:
    selection = screen.faces.table.selectionModel()
    selection.clear()
    for row in rows:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        selection.select(screen.faces.model.index(row, 0), flags)


def states(project: Project) -> list[tuple[str, str | None]]:
    with project.reading() as s:
        return [(face.state, face.reason) for face in s.query(Face).order_by(Face.id)]


def settled(qtbot: QtBot, screen: DataScreen) -> None:
    qtbot.waitUntil(lambda: not screen.reading, timeout=LONG)


def test_rows_and_thumbnails_come(qtbot: QtBot, screen: DataScreen) -> None:
    qtbot.waitUntil(lambda: names(screen) == [f"{n}.png" for n in range(5)], timeout=LONG)
    qtbot.waitUntil(lambda: screen.faces.model.picture(0) is not None, timeout=LONG)
    assert screen.faces.filters.count.text() == "5 faces"


def test_filters_and_search_narrow_the_list(qtbot: QtBot, screen: DataScreen, project: Project) -> None:
    with project.writing() as s:
        faces.set_state(s, 2, "rejected", "not a face")
    screen.faces.filters.state.setCurrentIndex(screen.faces.filters.state.findData("rejected"))
    qtbot.waitUntil(lambda: screen.faces.model.ids.tolist() == [2], timeout=LONG)
    screen.faces.filters.reset.click()
    qtbot.waitUntil(lambda: len(screen.faces.model.ids) == 5, timeout=LONG)
    QTest.keyClicks(screen.faces.filters.search, "3.png")
    qtbot.waitUntil(lambda: screen.faces.model.ids.tolist() == [4], timeout=LONG)
    QTest.keyClicks(screen.faces.filters.search, "zzz")
    qtbot.waitUntil(lambda: "No face is like that" in screen.faces.views.note.text(), timeout=LONG)


def test_a_click_on_a_heading_sorts(qtbot: QtBot, screen: DataScreen) -> None:
    header = screen.faces.table.horizontalHeader()
    for expected in ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]):
        at = QPoint(header.sectionViewportPosition(0) + 30, header.height() // 2)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.waitUntil(lambda wanted=expected: screen.faces.model.ids.tolist() == wanted, timeout=LONG)


def test_the_chosen_face_stays_chosen_in_another_list(qtbot: QtBot, screen: DataScreen) -> None:
    screen.faces.table.selectRow(3)
    screen.faces.filters.search.setText(".png")
    screen.faces.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: screen.faces.model.ids.tolist() == [5, 4, 3, 2, 1], timeout=LONG)
    assert screen.faces.chosen() == [4]


def test_many_faces_are_rejected_and_taken_back(qtbot: QtBot, screen: DataScreen, project: Project) -> None:
    told: list[tuple[str, object]] = []
    screen.told.connect(lambda text, back: told.append((text, back)))
    choose(screen, 1, 2, 4)
    screen.faces.reject_button.menu().actions()[1].trigger()
    qtbot.waitUntil(lambda: bool(told) and not screen.reading, timeout=LONG)
    rejected = ("rejected", "too blurred or small")
    assert states(project) == [("open", None), rejected, rejected, ("open", None), rejected]
    assert "3 faces" in told[0][0]
    back = told[0][1]
    assert callable(back)
    back()
    qtbot.waitUntil(lambda: states(project) == [("open", None)] * 5, timeout=LONG)
    settled(qtbot, screen)


def test_skipped_faces_are_opened_again(qtbot: QtBot, screen: DataScreen, project: Project) -> None:
    choose(screen, 0)
    later, unsure, *_ = screen.faces.skip_button.menu().actions()
    unsure.trigger()
    qtbot.waitUntil(lambda: states(project)[0] == ("skipped", "unsure where points go"), timeout=LONG)
    settled(qtbot, screen)
    choose(screen, 1)
    later.trigger()
    qtbot.waitUntil(lambda: states(project)[1] == ("skipped", None), timeout=LONG)
    settled(qtbot, screen)
    choose(screen, 0)
    screen.faces.reopen_button.click()
    qtbot.waitUntil(lambda: states(project)[0][0] == "open", timeout=LONG)
    settled(qtbot, screen)


def test_the_grid_shows_the_same_and_opens_too(qtbot: QtBot, screen: DataScreen) -> None:
    screen.faces.filters._views.button(1).click()
    assert screen.faces.grid.isVisible()
    index = screen.faces.model.index(2, 0)
    with qtbot.waitSignal(screen.face_wanted, timeout=LONG) as opened:
        screen.faces.grid.doubleClicked.emit(index)
    assert opened.args == [3]
    assert screen.faces.grid.indexAt(screen.faces.grid.visualRect(index).center()) == index


def test_a_double_click_opens_any_face_on_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    shell.make_project(tmp_path / "p")
    window: MainWindow = shell.show(qtbot, FakeWorker())
    open_project(qtbot, window, tmp_path / "p")
    work = window.workspace
    assert work is not None
    assert work.label is not None
    qtbot.waitUntil(lambda: work.label.bench.face is not None, timeout=LONG)
    queued = {row.face_id for row in work.label.bench.queue.rows}
    window.show_screen("data")
    page = work.data.faces
    qtbot.waitUntil(lambda: len(page.model.ids) == 24 and not work.data.reading, timeout=LONG)
    place = next(n for n, face_id in enumerate(page.model.ids.tolist()) if face_id not in queued)
    page.table.scrollTo(page.model.index(place, 1))
    QTest.mouseClick(
        page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(page.model.index(place, 1)).center()
    )
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    wanted = int(page.model.ids[place])
    qtbot.waitUntil(lambda: work.label.bench.face is not None and work.label.bench.face.id == wanted, timeout=LONG)
    assert window.stack.currentWidget() is work.label


def test_photos_without_a_face(qtbot: QtBot, screen: DataScreen, project: Project, tmp_path: Path) -> None:
    path = tmp_path / "empty.png"
    Pillow.fromarray(render_face(1, 90).image).save(path)
    with project.writing() as s:
        empty = images.add(s, probe(path), path, project).id
    screen.refresh()
    qtbot.waitUntil(lambda: screen.images.model.ids.tolist() == [empty], timeout=LONG)
    screen.show_page(IMAGES)
    screen.images.table.selectRow(0)
    screen.images.settle_button.click()
    qtbot.waitUntil(lambda: len(screen.images.model.ids) == 0, timeout=LONG)
    screen.images.settled.setChecked(True)
    qtbot.waitUntil(lambda: screen.images.model.ids.tolist() == [empty], timeout=LONG)
    qtbot.waitUntil(lambda: screen.images.model.row(0) is not None, timeout=LONG)
    screen.images.table.selectRow(0)
    with qtbot.waitSignal(screen.images.draw_wanted, timeout=LONG):
        screen.images.draw_button.click()
    (dialog,) = [one for one in screen.children() if hasattr(one, "photo")]
    qtbot.waitUntil(lambda: dialog.photo._image is not None, timeout=LONG)
    QTest.mousePress(dialog.photo, Qt.MouseButton.LeftButton, pos=dialog.photo.rect().center())
    QTest.mouseMove(dialog.photo, dialog.photo.rect().center() + QPoint(60, 60))
    QTest.mouseRelease(dialog.photo, Qt.MouseButton.LeftButton, pos=dialog.photo.rect().center() + QPoint(60, 60))
    with qtbot.waitSignal(screen.face_wanted, timeout=LONG):
        dialog.add_button.click()
    settled(qtbot, screen)
    with project.reading() as s:
        (face,) = s.query(Face).where(Face.image_id == empty)
        assert face.box_source == "human"
        assert face.left == pytest.approx(44.5, abs=1.5)


def test_a_drawn_box_is_told_in_pixels_of_the_photo(qtbot: QtBot) -> None:
    boxes = PhotoBoxes((400, 200))
    qtbot.addWidget(boxes)
    boxes.resize(800, 600)
    boxes.show_photo(render_face(0, 64).image)
    QTest.mousePress(boxes, Qt.MouseButton.LeftButton, pos=QPoint(100, 200))
    QTest.mouseRelease(boxes, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    (box,) = boxes.boxes
    assert (box.left, box.top, box.width, box.height) == (49.5, 49.5, 100.0, 50.0)
    boxes.undo()
    assert boxes.boxes == []


def test_problems_are_tried_again(qtbot: QtBot, screen: DataScreen, project: Project, tmp_path: Path) -> None:
    with project.writing() as s:
        images.fail(s, s.query(Image).first().id, "the picture is damaged")
        images.refuse(s, tmp_path / "lost.heic", "an HEIC photo")
    screen.refresh()
    screen.show_page(PROBLEMS)
    qtbot.waitUntil(lambda: screen.problems.model.rowCount() == 2, timeout=LONG)
    screen.problems.retry_button.click()
    qtbot.waitUntil(lambda: screen.problems.model.rowCount() == 1, timeout=LONG)
    screen.problems.table.selectRow(0)
    assert screen.problems.forget_button.isEnabled()
    screen.problems.forget_button.click()
    qtbot.waitUntil(lambda: screen.problems.model.rowCount() == 0, timeout=LONG)
    settled(qtbot, screen)


def test_an_old_project_is_looked_at_for_near_duplicates(qtbot: QtBot, tmp_path: Path) -> None:
    shell.make_project(tmp_path / "p", count=4)
    with Project.open(tmp_path / "p") as project, project.writing() as s:
        for image in s.query(Image):
            image.difference_hash = None
    window = shell.show(qtbot, FakeWorker())
    open_project(qtbot, window, tmp_path / "p")
    assert window.workspace is not None
    opened = window.workspace.project

    def looked_at() -> bool:
        with opened.reading() as s:
            return all(image.difference_hash is not None for image in s.query(Image))

    qtbot.waitUntil(looked_at, timeout=LONG)
