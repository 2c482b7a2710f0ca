"""What the audit faces say of every model version, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_SWEEPS = 50
_STEADY = 1e-10
_USUAL_SPREAD, _USUAL_FACES = 0.44, 20
"""Standard deviation of face errors relative to their mean on real faces, and how many audit faces that knowledge is
worth: few faces seldom hold one of the rare far outliers, and would look too sure without it."""
_FADING = 1.0
"""Ratio of labels, as a logarithm, over which the errors of a face under two versions grow apart; on real faces."""


@dataclass(frozen=True)
class AuditMeans:
    """``labels`` (V,) rising and ``nme`` (V,), fractions, of the versions; ``covariance`` (V, V) that of log ``nme``,
    from the sampling of the F audit ``faces`` alone; ``heaviest`` is the largest share that one face has in the error
    of the newest version."""

    labels: Floats
    nme: Floats
    covariance: Floats
    faces: int
    heaviest: float


def audit_means(labels: npt.ArrayLike, errors: npt.ArrayLike) -> AuditMeans:
    """Mean audit error of each version, all on the same faces.

    ``labels`` (V,): labelled faces that each version was trained on. ``errors`` (V, F): NME of each audit face under
    each version, fractions, NaN where the version never saw the face. A gap is filled by what the face and the version
    are like elsewhere (error = version × face), so that an audit face labelled late shifts no mean. The covariance is
    the limit of a bootstrap over faces that keeps all errors of a face together: what versions have in common, hard
    and easy faces, stays in common. Versions and faces without any error are left out, and so are versions that saw no
    label: they lie on no learning curve. Raises ValueError for arrays of
    another shape, and for errors or labels that are negative or infinite.
    """
    n, e = _checked(labels, errors)
    e, n = e[n > 0], n[n > 0]
    seen = np.isfinite(e)
    e, seen, n = e[seen.any(axis=1)], seen[seen.any(axis=1)], n[seen.any(axis=1)]
    e, seen = e[:, seen.any(axis=0)], seen[:, seen.any(axis=0)]
    if e.size == 0:
        return AuditMeans(n, np.empty(0), np.empty((0, 0)), 0, 0.0)
    order = np.argsort(n, kind="stable")
    n, e, seen = n[order], e[order], seen[order]
    means, relative = _levels(np.where(seen, e, 0.0), seen)
    deviations = np.where(seen, e / means[:, None] - relative, 0.0) + (relative - 1)
    heaviest = float(np.nanmax(e[-1]) / max(np.nansum(e[-1]), 1e-12))
    return AuditMeans(n, means, _covariance(n, deviations), e.shape[1], heaviest)


def _checked(labels: npt.ArrayLike, errors: npt.ArrayLike) -> tuple[Floats, Floats]:
    n, e = np.asarray(labels, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if n.ndim != 1 or e.ndim != 2 or len(n) != len(e):
        raise ValueError(f"labels (V,) and errors (V, F) are needed, not {n.shape} and {e.shape}")
    if not (np.isfinite(n).all() and (n >= 0).all()):
        raise ValueError("labels have to be finite and not negative")
    if np.isinf(e).any() or (e < 0).any():
        raise ValueError("errors have to be finite and not negative; NaN where there is none")
    return n, e


def _levels(e: Floats, seen: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Means (V,) of the versions and relative difficulty (F,), of mean 1, of the faces: error = version × face, fitted
    by iterative proportional fitting; with no gaps the means are the plain ones."""
    tiny = np.finfo(np.float64).tiny
    face = np.ones(e.shape[1])
    version = e.sum(axis=1) / seen.sum(axis=1)
    for _ in range(_SWEEPS):
        face = e.sum(axis=0) / np.maximum(version @ seen, tiny)
        face /= max(face.mean(), tiny)
        before, version = version, e.sum(axis=1) / np.maximum(seen @ face, tiny)
        if np.abs(version - before).max() <= _STEADY * version.max():
            break
    return np.maximum(version, 1e-9), face


def _covariance(n: Floats, deviations: Floats) -> Floats:
    """Covariance (V, V) of the means of relative deviations (V, F).

    Its form is given (what a face is like under every version, plus what fades with the ratio of the labels), and two
    numbers are estimated, the spread of the faces mostly from the later versions, as it falls. A free covariance, of
    few faces, would favour the versions whose sample lacks the hard faces, and with them the low means.
    """
    versions, faces = deviations.shape
    if faces < 2:
        return np.eye(versions)
    centred = deviations - deviations.mean(axis=1, keepdims=True)
    sample = centred @ centred.T / (faces - 1)
    total = (float(np.average(np.diag(sample), weights=n)) * (faces - 1) + _USUAL_SPREAD**2 * _USUAL_FACES) / (
        faces - 1 + _USUAL_FACES
    )
    alike = np.exp(-np.abs(np.subtract.outer(np.log(n), np.log(n))) / _FADING)
    apart = float((2 * (1 - alike)).sum())
    differences = float(np.add.outer(np.diag(sample), np.diag(sample)).sum() - 2 * sample.sum())
    changing = float(np.clip(differences / apart, 0.0, total)) if apart > 0 else 0.0
    covariance: Floats = (total - changing + changing * alike) / faces
    return covariance
