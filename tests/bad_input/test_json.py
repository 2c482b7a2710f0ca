"""With ``--json`` stdout is one document, whatever happens; without it a mistake says nothing there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bad_input.conftest import Command, face

MISTAKES = (
    "new {p}",
    "new {here}/q --scheme none-such",
    "new {here}/q --preset none-such",
    "import {p} {here}/nowhere",
    "import {p} {photos} --labels none-such",
    "import {p}",
    "campaign {p} batch=none-such",
    "campaign {p} none-such=1",
    "campaign {p} batch",
    "train {here}/nowhere",
    "train",
    "train {p} --pretrained {photos}",
    "score {here}/nowhere",
    "status {here}/nowhere",
    "status {p} --none-such",
    "evaluate {p} --against {photos}",
    "evaluate {p} --against {photos} --norm none-such",
    "export {p} {photos}",
    "export {p} {here}/out --format none-such",
    "demo {p} --no-window",
    "demo {here}/d --faces 3",
    "none-such",
)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_line_and_with_json_one_document_besides(
    place: Path, facelabel: Command, mistake: str
) -> None:
    words = mistake.format(p=place / "p", photos=place / "photos", here=place).split()
    line = facelabel(*words).refused()
    told = facelabel(*words, "--json")
    assert told.code == 2
    error = told.document["error"]
    assert told.err.strip() == line
    assert error["what"] in line
    assert set(error) == {"what", "where", "line", "cure"}


def test_documents_with_warnings_are_documents(place: Path, facelabel: Command) -> None:
    folder = place / "more"
    face(70, folder)
    (folder / "spoilt.png").write_text("spoilt")
    told = facelabel("import", place / "p", folder, "--labels", "pts", "--json")
    assert told.document["labels"] == 1
    assert "spoilt.png" in told.err
    for command in ("status", "campaign", "next"):
        assert facelabel(command, place / "p", "--json").document
    for command in ("models", "formats"):
        assert facelabel(command, "--json").document
    told = facelabel("export", place / "p", place / "out", "--json")
    assert told.document["faces"] == 5


def test_no_result_holds_a_number_that_json_has_not(place: Path, facelabel: Command) -> None:
    """A project without hold-out, model or timed label has no NME and no seconds: null."""
    document = facelabel("status", place / "p", "--json").document
    assert document["seconds_per_face"] is None
    assert document["version"] is None
