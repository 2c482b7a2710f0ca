"""Mean time of a rendered face on one core: ``python benchmarks/rendering.py``."""

from __future__ import annotations

import time

import cv2

from facelabel.rendering import render_face

COUNT = 60


def main() -> None:
    cv2.setNumThreads(1)
    for seed in range(12):
        render_face(seed)
    wall, cpu = time.perf_counter(), time.process_time()
    for seed in range(COUNT):
        render_face(seed)
    print(f"{COUNT} faces of 256 x 256 pixels, one thread")
    print(f"  wall  {(time.perf_counter() - wall) / COUNT * 1e3:6.1f} ms a face")
    print(f"  CPU   {(time.process_time() - cpu) / COUNT * 1e3:6.1f} ms a face")


if __name__ == "__main__":
    main()
