"""YuNet through OpenCV, for whoever brings its ONNX file: about four times faster than MTCNN and a little more
sensitive.

W. Wu, H. Peng, S. Yu, "YuNet: A Tiny Millisecond-level Face Detector", Machine Intelligence Research 20, 2023.
facelabel ships no weights of it. Files of a fixed size (``yunet_n_320_320.onnx``, ``yunet_n_640_640.onnx``, OpenCV
Zoo's) load; the ``dynamic`` one of the training repository does not.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from facelabel.errors import FacelabelError
from facelabel.geometry import Box
from facelabel.learning.detection import DetectedFace, UInt8Image, resized

_MIN_SCORE = 0.6
_OVERLAP = 0.3
_MOST = 5000


class YuNetDetector:
    """The same door as ``FaceDetector``. Raises FacelabelError when the file is not a YuNet that OpenCV can load."""

    def __init__(self, onnx_path: Path, longest: int = 640) -> None:
        self._longest = longest
        if not onnx_path.is_file():
            raise FacelabelError("there is no such detector file", where=onnx_path, cure="choose YuNet's .onnx file")
        level = cv2.utils.logging.setLogLevel(0)  # OpenCV tells a broken file on the terminal before it raises
        try:
            self._network = cv2.FaceDetectorYN.create(
                str(onnx_path), "", (longest, longest), _MIN_SCORE, _OVERLAP, _MOST
            )
        except cv2.error:
            raise FacelabelError(
                "OpenCV cannot load this detector", where=onnx_path, cure="use a YuNet file of fixed input size"
            ) from None
        finally:
            cv2.utils.logging.setLogLevel(level)

    def detect(self, image: UInt8Image) -> list[DetectedFace]:
        """The faces of an image, uint8 RGB (H, W, 3), the surest first."""
        picture, to_picture = resized(image, min(1.0, self._longest / max(image.shape[:2])))
        back = to_picture.inverse()
        self._network.setInputSize((picture.shape[1], picture.shape[0]))
        _, rows = self._network.detect(np.ascontiguousarray(picture[..., ::-1]))
        faces = []
        for row in np.empty((0, 15)) if rows is None else rows.astype(np.float64):
            # Its coordinates count from the picture's edge; ours from the first pixel's centre.
            low, high = back.apply(np.array([row[:2], row[:2] + row[2:4]]) - 0.5)
            points = back.apply(row[4:14].reshape(5, 2) - 0.5)
            faces.append(DetectedFace(Box(*low, *(high - low)), float(row[14]), points, "yunet"))
        return sorted(faces, key=lambda face: -face.score)
