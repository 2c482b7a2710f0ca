"""``facelabel evaluate`` on predictions whose errors are known to the digit, and on models."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from facelabel import schemes
from facelabel.rendering.dataset import write_dataset
from tests.bad_input.conftest import Command
from tests.evaluation.conftest import predict
from tests.evaluation.publicsets import face, write_300w, write_aflw, write_wflw

S68 = schemes.load("300w-68")
KEYS = {
    "version",
    "faces",
    "norm",
    "nme",
    "nme_interval",
    "threshold",
    "auc",
    "failure_rate",
    "left_out",
    "per_face",
}
"""What scripts of earlier versions read."""


def sizes() -> dict[str, float]:
    """The same for every face: they differ by a shift."""
    shape = face("300w-68", 0)[1]
    width, height = np.ptp(shape, axis=0)
    ocular = np.linalg.norm(shape[36] - shape[45])
    pupil = np.linalg.norm(shape[36:42].mean(axis=0) - shape[42:48].mean(axis=0))
    return {
        "inter-ocular": float(ocular),
        "inter-pupil": float(pupil),
        "box": float(np.sqrt(width * height)),
        "diagonal": float(np.hypot(width, height)),
    }


def test_a_known_shift_is_measured_to_the_digit(place: Path, facelabel: Command) -> None:
    jaw = np.zeros((68, 2))
    jaw[:17, 0] = 3.0
    told = facelabel(
        "evaluate", place / "p", "--against", place / "photos", "--predictions", predict(place, "a", jaw), "--json"
    )
    found = told.document
    assert set(found) >= KEYS
    by = sizes()
    for norm, size in by.items():
        assert found["nme_by_norm"][norm] == pytest.approx(100 * 3 * 17 / 68 / size, rel=1e-3)
    nme = found["nme_by_norm"]["inter-ocular"]
    assert (found["norm"], found["faces"], found["missed"], found["version"]) == ("inter-ocular", 6, 0, None)
    assert found["nme"] == pytest.approx(nme)
    assert found["nme_interval"] == pytest.approx([nme, nme], rel=1e-3)
    assert found["auc"] == pytest.approx(1 - nme / 10, abs=1e-3)
    assert found["failure_rate"] == 0
    groups = {group["name"]: group["nme"] for group in found["groups"]}
    assert groups.pop("jaw") == pytest.approx(100 * 3 / by["inter-ocular"], rel=1e-3)
    assert all(value == pytest.approx(0, abs=1e-2) for value in groups.values())
    landmarks = [landmark["nme"] for landmark in found["landmarks"]]
    assert len(landmarks) == 68
    assert min(landmarks[:17]) > 1 > max(landmarks[17:])
    told = facelabel(
        "evaluate",
        place / "p",
        "--against",
        place / "photos",
        "--predictions",
        place / "a",
        "--norm",
        "box",
        "--threshold",
        str(nme / 3),
        "--json",
    )
    assert (told.document["failure_rate"], told.document["auc"]) == (100, 0)


def test_origin_and_threshold(place: Path, facelabel: Command) -> None:
    predictions = predict(place, "a", 2.0)
    measure = ("evaluate", place / "p", "--against", place / "photos", "--predictions", predictions, "--json")
    plain = facelabel(*measure).document
    shifted = facelabel(*measure, "--origin", "zero-based", "--write-predictions", place / "again").document
    assert shifted["nme"] == pytest.approx(plain["nme"])
    for file in predictions.rglob("*.pts"):
        assert (place / "again" / file.relative_to(predictions)).read_text() == file.read_text()
    for threshold in ("0", "-1", "nan", "inf"):
        told = facelabel(*measure, "--threshold", threshold)
        assert (told.code, told.document["error"]["what"]) == (2, "a threshold is a number of per cent above 0")


def test_subsets_by_lists_as_others_write_them(place: Path, facelabel: Command) -> None:
    predictions = predict(place, "a", 1.0)
    x = float(face("300w-68", 1)[1][0, 0])
    lists = {
        "plain": "one/face 0.png\ntwo/face 4.png\n",
        "stems": "face 1\nface 2\nface 3\n",
        "san": "".join(f"photos/two/face {n}.png photos/two/face_{n}.pts 1.0 2.0 30.5 40.5\n" for n in (4, 5)),
        "hrnet": f"image_name,scale,center_w,center_h,original_0_x\nface 1.png,1,2,3,{x}\nface 2.png,1,2,3,{x + 9}\n",
        "csv": "split,image\ntest,two/face 5.png\n",
    }
    words: list[str | Path] = []
    for name, text in lists.items():
        (place / f"{name}.txt").write_text(text)
        words += ["--subset", f"{name}={place / f'{name}.txt'}"]
    found = facelabel(
        "evaluate", place / "p", "--against", place / "photos", "--predictions", predictions, *words, "--json"
    ).document
    assert {row["name"]: row["faces"] for row in found["subsets"]} == {
        "plain": 2,
        "stems": 3,
        "san": 2,
        "hrnet": 1,
        "csv": 1,
    }

    measure = ("evaluate", place / "p", "--against", place / "photos", "--predictions", predictions)
    facelabel(*measure, "--subset", "nonsense").refused("names no subset")
    (place / "other.txt").write_text("somebody.png\n")
    facelabel(*measure, "--subset", f"o={place / 'other.txt'}").refused("none of its 1 lines", "somebody.png")
    facelabel(*measure, "--subset", f"o={place / 'nowhere.txt'}").refused("nowhere.txt")


def test_public_test_sets_have_their_subsets(place: Path, facelabel: Command) -> None:
    """Predictions need files for some faces only: the rest counts as missed."""
    for name, write, scheme, rows in (
        ("300w", write_300w, "300w-68", {"common": 4, "challenging": 2}),
        ("wflw", write_wflw, "wflw-98", {"largepose": 1, "blur": 1}),
        ("aflw", write_aflw, "aflw-19", {"frontal": 1}),
    ):
        folder, project, predictions = write(place / name), place / f"p-{name}", place / f"predicted-{name}"
        assert facelabel("new", project, "--scheme", scheme).code == 0
        facelabel(
            "evaluate", project, "--against", folder, "--labels", f"{name}-test", "--predictions", predictions
        ).refused("no folder")
        predictions.mkdir()
        refused = facelabel(
            "evaluate", project, "--against", folder, "--labels", f"{name}-test", "--predictions", predictions
        )
        first = re.search(r"the first would be (\S+\.pts)", refused.refused("none of the"))
        assert first is not None
        label = next(iter(folder.rglob(Path(first[1]).name)), None)
        (predictions / first[1]).parent.mkdir(parents=True)
        points = schemes.load(scheme).template_shape * 40 + 20
        text = label.read_text() if label else "\n".join(f"{x} {y}" for x, y in points)
        (predictions / first[1]).write_text(text)
        found = facelabel(
            "evaluate", project, "--against", folder, "--labels", f"{name}-test", "--predictions", predictions, "--json"
        ).document
        assert {row["name"]: row["faces"] for row in found["subsets"]} == rows
        assert found["faces"] == 1
        assert found["missed"] == len(found["missed_faces"]) > 0
        assert found["norm"] == ("box" if name == "aflw" else "inter-ocular")


def test_two_sets_of_predictions_are_compared_in_words(place: Path, facelabel: Command) -> None:
    better, worse = predict(place, "better", 1.0), predict(place, "worse", 2.0)
    measure = ("evaluate", place / "p", "--against", place / "photos", "--predictions")
    told = facelabel(*measure, better, "--compare", worse)
    assert re.search(r"better is better than \S+worse on the same 6 faces: NME", told.out)
    assert "50.0 % lower" in told.out
    assert "p = 0.03" in told.out  # all of six faces to one side: 2 / 2^6, ties or no ties
    paired = facelabel(*measure, worse, "--compare", better, "--json").document["comparison"]
    assert paired["paired"]["difference"] == pytest.approx(1 / sizes()["inter-ocular"], rel=1e-2)
    assert (paired["paired"]["lower"], paired["paired"]["higher"]) == (0, 6)
    facelabel(*measure, better, "--compare", better).refused("the same predictions twice")
    facelabel(*measure, better, "--compare", "fase-smal").refused("'fase-smal' is neither a model version, nor")
    (worse / "two" / "face 5.pts").unlink()
    told = facelabel(*measure, better, "--compare", worse)
    assert "on the same 5 faces" in told.out
    assert "alone: 1 faces" in told.out


def test_reports_stand_alone(place: Path, facelabel: Command) -> None:
    a, b = predict(place, "a", 1.0), predict(place, "b <b>", 2.0)
    (a / "two" / "face 4.pts").unlink()
    html, pdf = place / "r.html", place / "r.pdf"
    told = facelabel(
        "evaluate",
        place / "p",
        "--against",
        place / "photos",
        "--predictions",
        a,
        "--compare",
        b,
        "--report",
        html,
        "--report",
        pdf,
    )
    assert told.code == 0
    text = html.read_text(encoding="utf-8")
    assert text.count("<figure>") == 6
    assert "no prediction" in text
    assert "b &lt;b&gt;" in text
    assert "b <b>" not in text
    assert not re.search(r"""(src|href)=["'](?!data:|#)""", text)
    assert "<script" not in text
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.read_bytes().count(b"/Type /Page ") == 3
    measure = ("evaluate", place / "p", "--against", place / "photos", "--predictions", a)
    facelabel(*measure, "--report", place / "r.docx").refused("no kind of report", ".html or .pdf")
    facelabel(*measure, "--report", place / "nowhere" / "r.html").refused("no folder")


@pytest.fixture
def trained(place: Path, facelabel: Command, quick_worker: None) -> Path:
    """``place`` with two versions of a model."""
    assert facelabel("import", place / "p", place / "photos", "--labels", "pts").code == 0
    assert facelabel("campaign", place / "p", "steps=2", "holdout=0").code == 0
    for _ in range(2):
        assert facelabel("train", place / "p").code == 0
    return place


def test_versions_boxes_and_predictions_of_a_model(trained: Path, facelabel: Command) -> None:
    measure = ("evaluate", trained / "p", "--against", trained / "photos")
    newest = facelabel(*measure, "--json").document
    assert (newest["version"], newest["faces"], newest["boxes"]) == (2, 6, "the labels' boxes")
    first = facelabel(
        *measure, "--version", "1", "--compare", "2", "--write-predictions", trained / "out", "--json"
    ).document
    assert first["version"] == 1
    assert first["comparison"]["second"]["nme"] == pytest.approx(newest["nme"])
    assert [side["name"] for side in first["sides"]] == ["v0001", "v0002"]
    assert all(side["preset"] == "scaf-tiny" and side["parameters"] > 1e6 for side in first["sides"])
    assert all(side["training_bytes"] > 4e8 and side["seconds_a_face"] != 0 for side in first["sides"])
    told = facelabel(*measure, "--version", "1", "--compare", "scaf-tiny").out.splitlines()
    table = [line.split() for line in told if line.startswith(("model ", "memory", "parameters"))]
    assert [row[-2:] for row in table[:1]] == [["scaf-tiny", "scaf-tiny"]]
    assert table[1][:3] == ["memory", "to", "train"]
    assert table[2][1:] == ["1.5", "million", "1.5", "million"]
    facelabel(*measure, "--compare", "scaf-half").refused("there is no model of preset 'scaf-half' yet")
    again = facelabel(*measure, "--predictions", trained / "out", "--json").document
    assert again["nme"] == pytest.approx(first["nme"], abs=0.01)
    assert sorted(p.name for p in (trained / "out").rglob("*.pts")) == [f"face {n}.pts" for n in range(6)]
    facelabel(*measure, "--write-predictions", trained / "out" / "one" / "face 0.pts").refused("this is a file")
    facelabel(*measure, "--version", "7").refused("no model version 7", "there are 1, 2")
    facelabel(*measure, "--version", "2", "--compare", "2").refused("twice")
    facelabel(*measure, "--predictions", trained / "out", "--version", "1").refused("neither a model nor boxes")

    found = facelabel(
        *measure, "--boxes", "detector", "--report", trained / "r.html", "--report", trained / "r.pdf", "--json"
    ).document
    assert (found["faces"], found["missed"], found["nme"], found["nme_interval"]) == (0, 6, None, None)
    assert (found["failure_rate"], found["auc"]) == (100, 0)
    assert found["from_label_boxes"]["nme"] == pytest.approx(newest["nme"])
    assert found["missed_faces"] == [f"one/face {n}.png" for n in range(4)] + ["two/face 4.png", "two/face 5.png"]


def test_a_detector_finds_rendered_faces_and_misses_noise(trained: Path, facelabel: Command) -> None:
    mixed = trained / "mixed"
    write_dataset(mixed, 3, 5, scheme_id="300w-68", labels=True)
    (trained / "photos" / "one" / "face 0.png").rename(mixed / "noise.png")
    (trained / "photos" / "one" / "face 0.pts").rename(mixed / "noise.pts")
    told = facelabel("evaluate", trained / "p", "--against", mixed, "--boxes", "detector", "--json").document
    assert "noise.png" in told["missed_faces"]
    assert told["faces"] >= 2
    assert told["failure_rate"] >= 100 * told["missed"] / 4
    assert told["from_label_boxes"]["faces"] == 4
    (mixed / "noise.png").write_text("spoilt")
    told = facelabel("evaluate", trained / "p", "--against", mixed, "--boxes", "detector", "--json").document
    assert any("noise.png" in line for line in told["left_out"])
    assert "noise.png" not in told["missed_faces"]
