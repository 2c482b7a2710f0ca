"""The batch with its reasons, the map of the pool, the scores and the audit, through the window and piece by piece."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from facelabel.campaign.overview import STATES, EmbeddingMap, ScoreHistogram
from facelabel.campaign.settings import CampaignSettings
from facelabel.store import images
from facelabel.ui import theme
from facelabel.ui.campaign import dots
from facelabel.ui.campaign.dots import Layer, stamp
from facelabel.ui.campaign.faces_list import FaceLine, FacesList
from facelabel.ui.campaign.plots import ScorePlot
from facelabel.ui.campaign.pool_look import colour, icon
from facelabel.ui.campaign.pool_map import MapPanel
from facelabel.ui.campaign.readings import how_scores_are_drawn
from facelabel.ui.campaign_screen import POOL, PROGRESS
from facelabel.ui.main_window import MainWindow
from tests.ui.shell import LONG, FakeWorker, label_batch, make_project, open_project, show

GREY = QColor("#808080")


def points(layer: str, x: list[int], y: list[int], size: tuple[int, int] = (20, 20), scale: int = 1) -> np.ndarray:
    canvas = np.zeros(size, np.uint32)
    given = Layer(np.zeros((len(x), 2)), GREY, layer, 0.5 if layer == "dot" else 1.0)  # type: ignore[arg-type]
    stamp(canvas, np.array(x, np.int32), np.array(y, np.int32), given, scale)
    return canvas


def test_a_dot_covers_its_pixel_and_those_beside_it() -> None:
    drawn = points("dot", [10], [5])
    rows, columns = np.nonzero(drawn)
    assert set(zip(rows.tolist(), columns.tolist(), strict=True)) == {(r, c) for r in (4, 5, 6) for c in (9, 10, 11)}
    assert drawn[5, 10] >> 24 == 128, "half transparent, premultiplied"
    assert drawn[5, 10] & 0xFF == 64


def test_where_dots_overlap_it_is_denser() -> None:
    drawn = points("dot", [10, 11], [5, 5])
    assert drawn[5, 10] >> 24 > drawn[5, 9] >> 24


def test_a_dot_is_larger_on_a_dense_screen() -> None:
    assert np.count_nonzero(points("dot", [10], [5], scale=2)) == 25


def test_in_a_crowd_each_is_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dots, "_CROWD", {"dot": 1, "cross": 1})
    assert np.count_nonzero(points("dot", [5, 10], [5, 15])) == 2
    assert np.count_nonzero(points("cross", [5, 10], [5, 15])) == 10
    assert np.count_nonzero(points("dot", [5, 100], [5, 15])) == 9, "what is out of view does not crowd"


def test_a_cross_is_drawn_in_its_own_colour() -> None:
    drawn = points("cross", [10], [5])
    rows, columns = np.nonzero(drawn)
    assert set(zip((rows - 5).tolist(), (columns - 10).tolist(), strict=True)) == {
        (d, e * d) for d in range(-2, 3) for e in (1, -1)
    }
    assert QColor.fromRgba(int(drawn[5, 10])) == GREY


@pytest.mark.parametrize("layer", ["dot", "cross"])
def test_points_outside_of_the_picture_leave_nothing(layer: str) -> None:
    assert not points(layer, [-30, 50, 5], [5, 5, -1000]).any()


def made_up(count: int = 200) -> EmbeddingMap:
    rng = np.random.default_rng(0)
    state = np.zeros(count, np.uint8)
    state[:5], state[5:15], state[15:40] = STATES.index("chosen"), STATES.index("labelled"), STATES.index("discarded")
    return EmbeddingMap(
        1, np.arange(100, 100 + count), rng.normal(size=(count, 2)).astype(np.float32), state, (0.5, 0.2)
    )


@pytest.fixture
def panel(qtbot: QtBot) -> MapPanel:
    made = MapPanel()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.map.say("")
    shown = made_up()

    def near(x: float, y: float) -> tuple[float, int]:
        distances = np.hypot(*(shown.xy - np.array([x, y])).T)
        return float(distances.min()), int(distances.argmin())

    made.map.show_map(shown, near, {103: "because"})
    made.legend.show_counts(shown)
    made.show()
    qtbot.waitExposed(made)
    return made


def place_of(panel: MapPanel, row: int) -> QPointF:
    return panel.map.item.getViewBox().mapViewToScene(QPointF(*made_up().xy[row].tolist()))


def test_every_face_is_in_view_and_the_axes_say_what_they_are(panel: MapPanel) -> None:
    view = panel.map.item.getViewBox().viewRect()
    assert all(view.contains(QPointF(*xy)) for xy in made_up().xy.tolist())
    assert "50 % of the variance" in panel.map.item.getAxis("bottom").labelText


def test_the_faces_are_painted_in_their_colours(panel: MapPanel) -> None:
    picture = panel.map._graph.grab().toImage()
    place = place_of(panel, 3).toPoint()
    assert picture.pixelColor(place) == colour("chosen")
    panel.map.set_shown("chosen", False)
    assert panel.map._graph.grab().toImage().pixelColor(place) != colour("chosen")


def test_hovering_shows_the_face_and_asks_for_its_photo(qtbot: QtBot, panel: MapPanel) -> None:
    graph = panel.map._graph
    with qtbot.waitSignal(panel.map.picture_wanted, timeout=LONG) as asked:
        QTest.mouseMove(graph.viewport(), place_of(panel, 3).toPoint())
    assert asked.args == [103]
    tip = panel.map._tip
    assert tip.isVisible()
    assert tip.head() == "Face 103, in this batch"
    panel.map.set_picture(104, QPixmap(8, 8))
    assert tip._picture.pixmap().isNull(), "a photo that comes late belongs to another face"
    panel.map.set_picture(103, QPixmap(8, 8))
    assert not tip._picture.pixmap().isNull()
    assert graph.rect().contains(tip.geometry())
    QTest.mouseMove(graph.viewport(), QPoint(2, 2))
    qtbot.waitUntil(lambda: not tip.isVisible(), timeout=LONG)


def test_a_hidden_state_is_not_hovered(panel: MapPanel) -> None:
    assert panel.map.face_at(place_of(panel, 3)) == 103
    button = next(b for b in panel.legend.children() if getattr(b, "text", str)() == "5 in this batch")
    button.click()  # type: ignore[attr-defined]
    assert panel.map.face_at(place_of(panel, 3)) is None


def test_the_map_is_moved_by_keys(qtbot: QtBot, panel: MapPanel) -> None:
    view = panel.map.item.getViewBox()
    whole = view.viewRect()
    panel.map.setFocus()
    qtbot.keyClick(panel.map, Qt.Key.Key_Plus)
    assert view.viewRect().width() == pytest.approx(whole.width() / 1.4)
    before = view.viewRect().center().x()
    qtbot.keyClick(panel.map, Qt.Key.Key_Right)
    assert view.viewRect().center().x() > before
    qtbot.keyClick(panel.map, Qt.Key.Key_F)
    assert view.viewRect().width() == pytest.approx(whole.width())


@pytest.mark.parametrize("dark", [False, True])
def test_the_states_have_symbols_and_colours_apart(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, dark: bool) -> None:
    chosen = theme.DARK if dark else theme.LIGHT
    monkeypatch.setattr(theme, "current", lambda: chosen)
    assert all(theme.contrast(colour(state), chosen.base) >= 3 for state in STATES)
    shapes = {
        icon(state).pixmap(16, 16).toImage().convertToFormat(QImage.Format.Format_Alpha8).bits().tobytes()
        for state in STATES
    }
    assert len(shapes) == len(STATES), "told apart without colours"


def test_the_scores_show_what_is_set_aside(qtbot: QtBot) -> None:
    plot = ScorePlot()
    qtbot.addWidget(plot)
    plot.say("")
    plot.show_scores(ScoreHistogram(1, "nnm", np.array([0.0, 1, 2]), np.array([9, 3]), 1.5, 3))
    assert "3 set aside" in plot._legend.text()
    plot.show_scores(ScoreHistogram(1, "nnm", np.array([0.0, 1, 2]), np.array([9, 3]), None, 0))
    assert "set aside" not in plot._legend.text()
    assert "the highest first" in plot._legend.text()
    plot.show_scores(ScoreHistogram(1, "nnm", np.array([0.0, 1, 2]), np.array([9, 3]), None, 0), in_order=False)
    assert "not asked for in this order" in plot._legend.text()


@pytest.mark.parametrize(
    ("settings", "drawn"),
    [
        (CampaignSettings(), ("nnm", 0.0, False)),
        (CampaignSettings(function="entropy", discard=0.2), ("entropy", 0.2, True)),
        (CampaignSettings(function="nnm", parameters={"discard": 0.3}), ("nnm", 0.3, True)),
        (CampaignSettings(function="hybrid-typical"), ("nnm", 0.1, False)),
        (CampaignSettings(function="three-ranks"), ("nnm", 0.0, False)),
        (CampaignSettings(function="not installed"), ("nnm", 0.0, False)),
    ],
)
def test_the_scores_are_drawn_with_the_line_of_the_strategy(
    settings: CampaignSettings, drawn: tuple[str, float, bool]
) -> None:
    assert how_scores_are_drawn(settings) == drawn


def test_a_list_asks_for_the_photos_of_the_rows_in_sight(qtbot: QtBot) -> None:
    faces = FacesList("Faces")
    qtbot.addWidget(faces)
    asked: list[object] = []
    faces.faces.find_picture = asked.append  # type: ignore[assignment]
    faces.faces.show_lines([FaceLine(n, str(n), "why", f"photo {n}") for n in range(90)])  # type: ignore[arg-type]
    faces.resize(300, 300)
    faces.show()
    qtbot.waitExposed(faces)
    faces.grab()
    assert "photo 0" in asked
    assert "photo 89" not in asked
    assert faces.faces.data(faces.faces.index(0)) == "0, why"


# Through the window


def test_the_page_shows_the_batch_the_map_and_the_audit(qtbot: QtBot, tmp_path: Path) -> None:
    truth = make_project(tmp_path / "p", first_batch=6, batch=4, holdout=0.4)
    window = show(qtbot, FakeWorker())
    open_project(qtbot, window, tmp_path / "p")
    work = window.workspace
    assert work is not None
    qtbot.waitUntil(lambda: work.campaign.status().phase == "labelling", timeout=LONG)
    label_batch(window, truth)
    qtbot.waitUntil(lambda: work.campaign.status().round == 2, timeout=LONG)
    window.show_screen("campaign")
    page = work.screen.pool
    work.screen.show_page(POOL)
    qtbot.waitUntil(lambda: len(page.batch.faces.lines) == 4, timeout=LONG)
    expected = work.campaign.queue()
    assert [line.face_id for line in page.batch.faces.lines] == [item.face_id for item in expected]
    assert [line.why for line in page.batch.faces.lines] == [item.why for item in expected]
    qtbot.waitUntil(lambda: page.batch.faces.pixmap(page.batch.faces.lines[0]) is not None, timeout=LONG)
    assert "at random for the audit" in page.parts()
    assert page.panel.map.sentence() == ""
    assert page.scores.sentence() == ""
    assert "Model v1 against" in page.agreement()
    assert page.worst.faces.lines
    page.batch.setCurrentIndex(page.batch.faces.index(1))
    assert page.panel.map._marked == expected[1].face_id
    page.round_wanted.emit(1)
    qtbot.waitUntil(lambda: len(page.batch.faces.lines) == 6, timeout=LONG)
    assert all(line.done for line in page.batch.faces.lines)


def test_before_the_first_label_the_page_says_what_will_stand_there(qtbot: QtBot, tmp_path: Path) -> None:
    make_project(tmp_path / "p")
    window: MainWindow = show(qtbot, FakeWorker())
    open_project(qtbot, window, tmp_path / "p")
    window.show_screen("campaign")
    assert window.workspace is not None
    screen = window.workspace.screen
    screen.show_page(POOL)
    qtbot.waitUntil(lambda: "once a model has seen" in screen.pool.panel.map.sentence(), timeout=LONG)
    assert "once a model has ranked" in screen.pool.scores.sentence()
    assert "Nothing to compare yet" in screen.pool.agreement()
    screen.show_page(PROGRESS)
    qtbot.waitUntil(lambda: "after the first training" in screen.progress.forecast.plot.sentence(), timeout=LONG)
    assert "too wide to tell" in screen.progress.forecast.sentence()
    assert "first round" in screen.progress.costs.text()


def test_a_photo_that_is_gone_leaves_the_page_alone(qtbot: QtBot, tmp_path: Path) -> None:
    make_project(tmp_path / "p")
    window = show(qtbot, FakeWorker())
    open_project(qtbot, window, tmp_path / "p")
    work = window.workspace
    assert work is not None
    qtbot.waitUntil(lambda: work.campaign.status().phase == "labelling", timeout=LONG)
    with work.project.reading() as s:
        for image in [images.get(s, n) for n in range(1, 25)]:
            work.project.path_of(image).unlink()
    window.show_screen("campaign")
    work.screen.show_page(POOL)
    qtbot.waitUntil(lambda: len(work.screen.pool.batch.faces.lines) == 3, timeout=LONG)
    work.screen.pool.batch.grab()
