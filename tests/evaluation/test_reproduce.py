"""``facelabel reproduce`` for real, on data sets of a few faces and with a few steps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from facelabel.evaluation import papers
from facelabel.learning import presets
from tests.bad_input.conftest import Command
from tests.evaluation.publicsets import write_300w, write_aflw, write_wflw

QUICK = ("--preset", "scaf-tiny", "--steps", "2", "--batch", "2", "--weights", "none")


def test_a_table_of_300w_goes_on_where_it_stopped(tmp_path: Path, facelabel: Command, quick_worker: None) -> None:
    folder, out = write_300w(tmp_path / "d"), tmp_path / "out"
    command = ("reproduce", "scaf", "--data", folder, *QUICK, "--labels", "3,all", "--runs", "2", "--out", out)
    told = facelabel(*command, "--json")
    table = told.document["table"]
    assert [(row["labels"], row["subset"], row["faces"], row["runs"]) for row in table] == [
        (3, "common", 4, 2),
        (3, "challenging", 2, 2),
        (3, "all", 6, 2),
        (8, "common", 4, 2),
        (8, "challenging", 2, 2),
        (8, "all", 6, 2),
    ]
    assert all(row["nme"] > 0 and row["deviation"] >= 0 for row in table)
    assert "554 test faces (common), this folder 4" in told.err
    kept = json.loads((out / "300w-scaf-tiny.json").read_text())
    assert kept["table"] == table
    assert len(kept["runs"]) == 4
    card = json.loads((out / "300w-scaf-tiny-3-ground-truth-seed0" / "model" / "model.json").read_text())
    assert card["preset"]["decoding"] == {
        "method": "argmax",
        "flip": False,
        "batch": card["preset"]["decoding"]["batch"],
    }
    assert (card["preset"]["margin"], card["labels"], card["seed"]) == (1.0, 3, 0)

    before = {path: path.stat().st_mtime_ns for path in out.rglob("weights.safetensors")}
    assert facelabel(*command, "--json").document["table"] == table
    assert {path: path.stat().st_mtime_ns for path in out.rglob("weights.safetensors")} == before
    told = facelabel(*command, "--steps", "3")
    assert (told.code, told.out) == (2, "")
    assert "a run with other settings is here already" in told.err


def test_other_sets_and_boxes(tmp_path: Path, facelabel: Command, quick_worker: None) -> None:
    for write, subsets in ((write_wflw, {"largepose", "blur", "all"}), (write_aflw, {"frontal", "all"})):
        folder = write(tmp_path / write.__name__)
        told = facelabel("reproduce", "scaf", "--data", folder, *QUICK, "--labels", "3", "--out", tmp_path / "out")
        assert told.code == 0, told
        assert subsets <= set(told.out.split())
        facelabel("reproduce", "scaf", "--data", folder, *QUICK, "--boxes", "detector").refused("one box a face")
    folder = write_300w(tmp_path / "300w")
    told = facelabel(
        "reproduce", "scaf", "--data", folder, *QUICK, "--labels", "3", "--boxes", "detector", "--out", tmp_path / "out"
    )
    assert told.code == 0


def test_mistakes_are_one_line_and_nothing_is_made(tmp_path: Path, facelabel: Command) -> None:
    folder, out = write_300w(tmp_path / "d"), tmp_path / "out"
    command = ("reproduce", "scaf", "--data", folder, "--out", out)
    facelabel(*command, "--labels", "9").refused("9 labels are asked for", "8 faces")
    facelabel(*command, "--labels", "few").refused("'few' is no number of labels")
    told = facelabel(*command, "--weights", tmp_path)
    assert told.code == 2
    assert "no pretrained weights here" in told.err
    facelabel(*command, "--preset", "none-such").refused("no model preset 'none-such'")
    facelabel("reproduce", "scaf", "--data", tmp_path, "--out", out).refused("none of the public data sets")
    facelabel("reproduce", "scaf", "--data", tmp_path / "nowhere", "--set", "wflw").refused("no such folder")
    facelabel("reproduce", "fabrec", "--data", folder).refused("fabrec")
    (folder / "ibug").rename(tmp_path / "away")
    facelabel(*command).refused("ibug is not there")
    assert not out.exists()


@pytest.mark.parametrize("name", presets.names())
def test_the_papers_recipe_fits_every_preset(name: str) -> None:
    changed, own = presets.load(name, papers.SCAF), presets.load(name)
    assert (changed.margin, changed.decoding.method, changed.decoding.flip) == (1.0, "argmax", False)
    assert (changed.training.encoder_lr, changed.training.lr, changed.training.betas) == (2e-5, 1e-3, (0.9, 0.999))
    assert (changed.network, changed.sigma, changed.training.steps) == (own.network, own.sigma, own.training.steps)


def test_the_full_preset_has_the_papers_size() -> None:
    assert (presets.load("scaf").sigma, presets.load("scaf").network.input_size) == (7.0, 256)


def test_the_papers_tables_agree_with_themselves() -> None:
    """Full is the mean over common and challenging faces."""
    _, table = papers.TABLES["300w"]
    for row in table.values():
        assert (554 * row["common"] + 135 * row["challenging"]) / 689 == pytest.approx(row["all"], abs=0.02)
