"""A small scheme and a project on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from facelabel.schemes import Attribute, Landmark, Normalising, Scheme
from facelabel.store.project import Project


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    names = ("left eye", "right eye", "nose", "left mouth corner", "right mouth corner")
    return Scheme(
        id="five",
        title='Five "points" – und Umlaute: ö',
        source="a\nsecond line, a backslash \\ and a DEL \x7f",
        allow_absent=True,
        landmarks=tuple(Landmark(name=n, definition=f"the {n}", group=n.split()[-1]) for n in names),
        edges=((0, 1), (3, 4)),
        flip=(1, 0, 2, 4, 3),
        normalising=Normalising(inter_ocular=((0,), (1,))),
        attributes=(Attribute(id="blur", title="Blur", definition="the face is blurred"),),
        template=((0.0, 0.0), (1.0, 0.0), (0.5, 0.5), (0.1, 1.0), (0.9, 1.0)),
    )


@pytest.fixture
def project(tmp_path: Path, scheme: Scheme) -> Iterator[Project]:
    with Project.create(tmp_path / "p", scheme=scheme) as made:
        yield made
