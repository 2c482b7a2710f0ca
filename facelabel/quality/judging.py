"""From arrays to findings: where each kind begins to be told, and the sentence that tells it.

The limits were set on 1,500 labels of 300-W and on errors planted in them (``tests/quality``): an ordinary label
should have none, and its small irregularities only small ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from facelabel.errors import FacelabelError
from facelabel.metrics import nme
from facelabel.quality import comparing, shapes
from facelabel.quality.comparing import Disagreement
from facelabel.quality.findings import Finding, FindingKind
from facelabel.quality.reading import Labels
from facelabel.quality.shapes import UsualShapes
from facelabel.schemes import Scheme

Float64 = npt.NDArray[np.float64]
Found = dict[int, list[Finding]]

SWAPPED, SWAPPED_FROM = 0.5, 17
"""Own misfit over that with the sides exchanged; 300-W labels reach 0.37, swapped ones begin at 2.9. A few neighbours
fit their mirror image nearly as well: with fewer landmarks than this the limit rises in proportion."""
CROSSING = 0.02
"""Of the normaliser; 1 label of 190 crosses deeper."""
UNUSUAL, UNUSUAL_POINT = 1.6, 7.0
"""Mahalanobis distance over the median of the project's, of a shape and of a landmark given the others."""
OFF_IMAGE, OFF_BOX = 0.02, 0.35
"""Of the box's longer side."""
DISAGREES, DISAGREES_POINT = 3.0, 6.0
"""Times the usual disagreement with the model, of the face and of a landmark."""
LEAST_POINT = 0.05
"""Of the normaliser: a landmark that is nearer to the model's is none to look at."""
TOO_FAST = 0.3
"""Of the annotator's own median."""
LOW_CONFIDENCE, IN_DOUBT = 0.2, 0.4
"""Share of predictions that count as unsure of a landmark, and the share of such landmarks on an untouched face."""
AGREES = 2.0
"""Times the usual disagreement: up to here a model sees the same as the annotator."""
_SEEN = 0.3
"""What an odd shape counts for that a newer model sees too: heads are turned, and lips do touch."""
_BEGAN = 0.6
"""What disagreement with the prediction that somebody corrected counts for: most corrections are right."""
_NAMED = 3


@dataclass(frozen=True, eq=False)
class Usual:
    """What is usual among the project's labels: shapes, disagreement with the prediction that a label began with and
    with a newer one, low confidence (L,), and the annotators' median seconds. Of labels in part only what somebody
    confirmed counts."""

    shapes: UsualShapes
    began: Disagreement
    newest: Disagreement
    low: Float64
    paces: dict[bool, dict[str, float]]
    """Of faces labelled as a whole (False), and in part (True)."""

    @classmethod
    def of(cls, labels: Labels, scheme: Scheme) -> Usual:
        size = normalisers(scheme, labels.shapes, labels.boxes)
        newer = labels.newest.version != labels.began.version
        seconds = np.where(labels.at_desk, labels.seconds, np.nan)
        paces = {
            part: comparing.paces(labels.authors, np.where(labels.in_part == part, seconds, np.nan))
            for part in (False, True)
        }
        return cls(
            UsualShapes(scheme, labels.shapes),
            comparing.disagreement(labels.began.shapes, labels.shapes, size),
            comparing.disagreement(labels.newest.shapes[newer], labels.shapes[newer], size[newer]),
            comparing.low_confidence(labels.began.confidence, LOW_CONFIDENCE),
            paces,
        )


def normalisers(scheme: Scheme, points: Float64, boxes: Float64) -> Float64:
    """(N,) the scheme's normalising distance of each shape (N, L, 2). Of one that lacks the landmarks for it, as a part
    may, that of the scheme's template in the face's box (N, 4), else the box's size."""
    kind = nme.default_kind(scheme)
    out: Float64 = np.sqrt(boxes[:, 2:].prod(axis=1))
    for row, shape in enumerate(points):
        # A box around half of the landmarks is none of the face.
        given = (shape,) if kind != "box" or not np.isnan(shape).any() else ()
        for known in (*given, scheme.template_shape * boxes[row, 2:]):
            try:
                out[row] = nme.normaliser(scheme, known, kind)[0]
                break
            except FacelabelError:
                continue
    return out


def measured_by(scheme: Scheme) -> str:
    """What a share is a share of, in words."""
    return "of the face's size" if nme.default_kind(scheme) == "box" else "of the distance between the eyes"


def judge(labels: Labels, scheme: Scheme, usual: Usual) -> Found:
    """The findings of each of the faces by its id; a face that nothing is wrong with has an empty list."""
    found: Found = {int(face_id): [] for face_id in labels.ids}
    size = normalisers(scheme, labels.shapes, labels.boxes)
    judge_ = _Judge(labels, scheme, usual, found, size)
    judge_.swapped()
    judge_.outside()
    judge_.disagreeing()
    judge_.crossed()
    judge_.unusual()
    judge_.worked()
    return found


class _Judge:
    def __init__(self, labels: Labels, scheme: Scheme, usual: Usual, found: Found, size: Float64) -> None:
        self._labels, self._scheme, self._usual, self._found, self._size = labels, scheme, usual, found, size
        self._of = measured_by(scheme)
        self._known = ~np.isnan(labels.shapes[:, :, 0])
        newest, self._newer = labels.newest, labels.newest.version != labels.began.version
        self._newest = comparing.disagreement(newest.shapes, labels.shapes, size, usual.newest)

    def swapped(self) -> None:
        scheme, points, mean = self._scheme, self._labels.shapes, self._usual.shapes.mean
        if (scheme.flip_index == np.arange(scheme.size)).all():
            return
        gain = shapes.swapped_gain(points, mean, scheme.flip_index)
        pairs = shapes.swapped_pairs(points, mean, scheme.flip_index)
        enough = min(SWAPPED_FROM, scheme.size)
        limit = SWAPPED * enough / np.clip(self._known.sum(axis=1), 1, enough)
        for row in _rows((gain > limit) | pairs.any(axis=1)):
            marked = np.flatnonzero(pairs[row])
            if len(marked) and gain[row] <= 1:
                text = f"Left and right look swapped: {self._names(marked)}."
                self._add(row, "flipped", 3 + len(marked) / 2, text, marked)
            else:
                much = "clearly better" if gain[row] > 1 else "almost as well"
                self._add(
                    row, "flipped", gain[row] / limit[row], f"With left and right exchanged the points fit {much}."
                )

    def outside(self) -> None:
        labels = self._labels
        # Pixels reach half a pixel beyond their centres.
        photo = np.concatenate([np.full_like(labels.sizes, -0.5), labels.sizes], axis=1)
        off_image = shapes.outside(labels.shapes, photo) * photo[:, 2:].max(axis=1)[:, None]
        off_image /= labels.boxes[:, 2:].max(axis=1)[:, None]
        off_box = shapes.outside(labels.shapes, labels.boxes)
        for row in _rows((off_image > OFF_IMAGE).any(axis=1) | (off_box > OFF_BOX).any(axis=1)):
            on_image = not (off_image[row] > OFF_IMAGE).any()
            far, limit, what = (off_box, OFF_BOX, "the face's box") if on_image else (off_image, OFF_IMAGE, "the photo")
            marked = _worst(far[row], far[row] > limit)
            points = "1 point lies" if len(marked) == 1 else f"{len(marked)} points lie"
            text = f"{points} outside {what}: {self._names(marked)}."
            self._add(row, "outside", 1 + far[row].max() / limit, text, marked)

    def disagreeing(self) -> None:
        labels = self._labels
        began = comparing.disagreement(labels.began.shapes, labels.shapes, self._size, self._usual.began)
        # Where a newer model has looked, the prediction that the annotator corrected says nothing more.
        for gap, about in ((self._newest, self._newer), (began, ~self._newer)):
            each = np.where(np.isfinite(gap.each) & (gap.each > LEAST_POINT), gap.each / gap.usual_each, 0.0)
            whole = np.nan_to_num(gap.whole) / gap.usual / DISAGREES
            for row in _rows(about & ((whole > 1) | (each > DISAGREES_POINT).any(axis=1))):
                marked = _worst(each[row], each[row] > DISAGREES_POINT)
                size = max(whole[row], each[row].max() / DISAGREES_POINT)
                text = f"The model puts the points {100 * gap.whole[row]:.1f} % {self._of} elsewhere"
                text += f", above all {self._names(marked)}." if len(marked) else "."
                if gap is began:
                    text += " The annotator began with that prediction and corrected it."
                    size = 1 + _BEGAN * (size - 1)
                elif labels.learned[row]:
                    text += " That model has learned from this label, and still disagrees."
                self._add(row, "disagrees", size, text, marked)

    def crossed(self) -> None:
        crossing = shapes.crossings(self._labels.shapes, self._scheme, self._size)
        for row in _rows(crossing.depth > CROSSING):
            ends = [list(self._scheme.edges[edge]) for edge in crossing.edges[row]]
            one, other = (" – ".join(self._scheme.landmarks[i].name for i in pair) for pair in ends)
            text = f"The line {one} crosses the line {other}."
            marked = np.unique(ends)
            self._add(row, "crossed", self._unless_seen(row, marked, crossing.depth[row] / CROSSING), text, marked)

    def unusual(self) -> None:
        whole, each = self._usual.shapes.unusual(self._labels.shapes)
        for row in _rows((whole > UNUSUAL) | (each > UNUSUAL_POINT).any(axis=1)):
            marked = _worst(each[row], each[row] > UNUSUAL_POINT)
            size = max(whole[row] / UNUSUAL, each[row].max() / UNUSUAL_POINT)
            text = f"The face is shaped unlike the others of the project ({whole[row]:.1f} times the usual distance)"
            if len(marked):
                text = f"{self._names(marked)} lie{'s' * (len(marked) == 1)} unlike on other faces"
            self._add(row, "outlier", self._unless_seen(row, marked, size), f"{text}.", marked)

    def worked(self) -> None:
        labels, low = self._labels, self._usual.low
        doubt = comparing.doubt(labels.began.confidence, low)
        for row in _rows(labels.at_desk):
            author, seconds = labels.authors[row], labels.seconds[row]
            pace = self._usual.paces[bool(labels.in_part[row])].get(author)
            if pace is not None and 0 < seconds < TOO_FAST * pace:
                text = f"{author} took {seconds:.1f} s, and usually takes {pace:.0f} s."
                self._add(row, "fast", TOO_FAST * pace / seconds, text)
            if labels.by_hand[row] == 0 and labels.began.version[row] and doubt[row] > IN_DOUBT:
                text = f"No point was moved, though the model was unsure of {100 * doubt[row]:.0f} % of them."
                unsure = np.flatnonzero((labels.began.confidence[row] < low) & self._known[row])
                self._add(row, "untouched", 1 + doubt[row] / IN_DOUBT, text, unsure)

    def _unless_seen(self, row: int, landmarks: npt.NDArray[np.intp], size: float) -> float:
        """The size of a finding, smaller where a newer model puts the landmarks, or the face, at the same places."""
        gap = self._newest
        times = gap.each[row, landmarks] / gap.usual_each[landmarks] if len(landmarks) else gap.whole[[row]] / gap.usual
        return 1 + _SEEN * (size - 1) if self._newer[row] and np.mean(times) < AGREES else size

    def _add(
        self, row: int, kind: FindingKind, size: float, text: str, landmarks: npt.NDArray[np.intp] | Sequence[int] = ()
    ) -> None:
        marked = tuple(int(i) for i in landmarks)
        self._found[int(self._labels.ids[row])].append(Finding(kind, float(size), text, marked))

    def _names(self, landmarks: npt.NDArray[np.intp]) -> str:
        names = [self._scheme.landmarks[int(i)].name for i in landmarks[:_NAMED]]
        more = len(landmarks) - len(names)
        return ", ".join(names) + (f" and {more} more" if more else "")


def _worst(values: Float64, told: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """The indices that are told, the largest value first."""
    order = np.argsort(-values, kind="stable")
    return order[told[order]]


def _rows(told: npt.NDArray[np.bool_]) -> list[int]:
    return [int(row) for row in np.flatnonzero(told)]
