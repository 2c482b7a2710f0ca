"""Near-duplicate pictures: copies in another size or quality, shots of a burst, frames of a film.

A difference hash says of 8 x 8 places of a picture whether it grows brighter to the right there: 64 bits that scaling,
compression and small changes of light leave alone (N. Krawetz, "Kind of Like That", 2013). Two pictures are near
duplicates when few of those bits differ; of two that are numbered one after the other in one folder, some more may.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

import cv2
import numpy as np
import numpy.typing as npt

UInt8Image = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.int64]

NEAR = 3
"""Bits that two pictures may differ in, whatever their names."""
NEAR_IN_LINE = 10
"""Bits that two numbered pictures may differ in when they stand in one line."""
IN_LINE = 25
"""Steps of numbering between two pictures of one line."""
_BANDS = NEAR + 1
"""By the pigeonhole principle, hashes that differ in at most NEAR bits agree in one of so many parts of them."""
_PAIRS = 2_000_000
"""Pairs that are compared at a time."""
_NUMBER = re.compile(r"(\d{1,12})(\D*)$")


def difference_hash(picture: UInt8Image) -> int:
    """The 64 bits of an RGB picture (H, W, 3) as a signed number: bit 8 y + x is set where the mean brightness of cell
    (x + 1, y) of a 9 x 8 grid is above that of cell (x, y)."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    cells = np.asarray(cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA)).astype(np.int16)
    bits = (cells[:, 1:] > cells[:, :-1]).ravel()
    return int(np.packbits(bits, bitorder="little").view("<i8")[0])


def distance(first: Hashes | int, second: Hashes | int) -> npt.NDArray[np.int64]:
    """Bits that differ, element by element."""
    different = np.bitwise_xor(np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64))
    return np.bitwise_count(different.view(np.uint64)).astype(np.int64)


def bursts(hashes: Hashes, paths: Sequence[str]) -> npt.NDArray[np.int64]:
    """(N,): for each picture the index of the first of its near-duplicates, its own where it is like no other.

    ``hashes`` (N,) as ``difference_hash`` gives them, ``paths`` tell which pictures are numbered one after the other.
    A picture belongs to a burst when it is near the burst's first picture, not just the last one, so that a slow pan
    falls into several bursts. Every picture of a burst names the same first one, which names itself.
    """
    first = np.arange(len(hashes))
    if not len(first):
        return first
    for line in _lines(paths):
        _join_line(hashes, line, first)
    leaders = np.unique(first)
    _, opens, same = np.unique(hashes[leaders], return_index=True, return_inverse=True)
    first[leaders] = leaders[opens[same]]
    leaders = np.sort(leaders[opens])
    near = _near_pairs(hashes[leaders])
    for one, other in near.tolist():  # Ordered: a leader that joined another takes nobody in any more.
        low, high = leaders[one], leaders[other]
        if first[low] == low and first[high] == high:
            first[high] = low
    followed: npt.NDArray[np.int64] = first[first[first]]
    return _told_by_the_first(followed)


def _told_by_the_first(first: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The same groups, each named by its lowest index."""
    lowest = np.arange(len(first))
    np.minimum.at(lowest, first, np.arange(len(first)))
    return lowest[first]


def _lines(paths: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """Pictures that are numbered in one folder under one name: (number, index), by number."""
    known: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for index, path in enumerate(paths):
        place = PurePath(path)
        found = _NUMBER.search(place.stem)
        if found is not None:
            key = (str(place.parent), place.stem[: found.start()], found.group(2))
            known.setdefault(key, []).append((int(found.group(1)), index))
    for line in known.values():
        if len(line) > 1:
            yield sorted(line)


def _join_line(hashes: Hashes, line: list[tuple[int, int]], first: npt.NDArray[np.int64]) -> None:
    """Walk along a line: a picture joins the burst that is open, or opens one."""
    numbers = [number for number, _ in line]
    indices = np.array([index for _, index in line])
    of_line = hashes[indices].tolist()
    leader = 0
    for place in range(1, len(line)):
        apart = numbers[place] - numbers[place - 1]
        different = (of_line[place] ^ of_line[leader]) & 0xFFFF_FFFF_FFFF_FFFF
        if apart <= IN_LINE and different.bit_count() <= NEAR_IN_LINE:
            first[indices[place]] = indices[leader]
        else:
            leader = place


def _near_pairs(hashes: Hashes) -> npt.NDArray[np.int64]:
    """(P, 2) pairs i < j that differ in at most NEAR bits, by i, then j."""
    found = [np.zeros((0, 2), dtype=np.int64)]
    edges = np.linspace(0, 64, _BANDS + 1).round().astype(np.uint64)
    unsigned = np.ascontiguousarray(hashes).view(np.uint64)
    for low, high in itertools.pairwise(edges):
        band = (unsigned >> low) & ((np.uint64(1) << (high - low)) - np.uint64(1))
        order = np.argsort(band, kind="stable")
        starts = np.flatnonzero(np.diff(band[order], prepend=band[order][:1] + np.uint64(1)))
        ends = np.append(starts[1:], len(order))
        some = _pairs_within(order, starts, ends)
        found += [pairs[distance(hashes[pairs[:, 0]], hashes[pairs[:, 1]]) <= NEAR] for pairs in some]
    return np.unique(np.sort(np.concatenate(found), axis=1), axis=0)


def _pairs_within(
    order: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]
) -> Iterator[npt.NDArray[np.int64]]:
    """All pairs of those that share a part, some at a time."""
    # For each element, those of its group that follow it.
    last = np.repeat(ends, ends - starts)
    follow = last - np.arange(len(order)) - 1
    total = np.cumsum(follow)
    begin = 0
    while begin < len(order):
        done = total[begin - 1] if begin else 0
        end = max(begin + 1, int(np.searchsorted(total, done + _PAIRS, side="right")))
        counts = follow[begin:end]
        one = np.repeat(np.arange(begin, end), counts)
        within = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
        yield np.stack([order[one], order[one + 1 + within]], axis=1)
        begin = end
