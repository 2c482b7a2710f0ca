from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from facelabel.campaign.loop import Campaign
from facelabel.store.project import Project
from tests.campaign.bench import SCHEME, Bench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    project = Project.create(tmp_path / "project", scheme=SCHEME)
    made = Bench(project, Campaign(project))
    yield made
    made.project.close()
