"""The three networks of MTCNN and where their weights are.

K. Zhang, Z. Zhang, Z. Li, Y. Qiao, "Joint Face Detection and Alignment Using Multitask Cascaded Convolutional
Networks", IEEE Signal Processing Letters 23(10), 2016, figure 2. The weights are those of the wheel ``mtcnn`` 1.0.0
(MIT), which asks for TensorFlow only when it is imported; here its files are read as arrays and nothing of it runs.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import joblib
import numpy as np
import torch
from torch import Tensor, nn

from facelabel.errors import FacelabelError

# joblib files are pickles, and unpickling runs whatever the file says. These come with an installed dependency, not
# from a user, but a file that is not byte for byte the one that was examined is still refused before it is unpickled.
_SHA256 = {
    "pnet": "ea6b0c3e685ebee3165326ad6484acc95f2ef78f1c94fbf40a55704fa989f7b5",
    "rnet": "cb00e6460f3c98b0bfafaba3c0a0ded4bdf6e62cee7174d969e8670d7e757fee",
    "onet": "94f6ea2f4cf985275ee958cdd762d17b6009348a4fb9d8c6be39ba73ffd22ca3",
}
_Network = TypeVar("_Network", bound=nn.Module)
_CURE = 'pip install --force-reinstall "mtcnn==1.0.0"'


class PNet(nn.Module):
    """Proposals: a fully convolutional look at every 12 x 12 window, two pixels apart.

    (N, 3, H, W) -> box offsets (N, 4, h, w) and face probability (N, h, w).
    """

    def __init__(self) -> None:
        super().__init__()
        self.trunk = nn.Sequential(
            *_convolution(3, 10, 3),
            nn.MaxPool2d(2, 2, ceil_mode=True),
            *_convolution(10, 16, 3),
            *_convolution(16, 32, 3),
        )
        self.box = nn.Conv2d(32, 4, 1)
        self.face = nn.Conv2d(32, 2, 1)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self.trunk(x)
        return self.box(x), self.face(x).softmax(dim=1)[:, 1]


class RNet(nn.Module):
    """Refinement: (N, 3, 24, 24) -> box offsets (N, 4) and face probability (N,)."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = nn.Sequential(
            *_convolution(3, 28, 3),
            nn.MaxPool2d(3, 2, ceil_mode=True),
            *_convolution(28, 48, 3),
            nn.MaxPool2d(3, 2),
            *_convolution(48, 64, 2),
            _Flatten(),
            nn.Linear(576, 128),
            nn.PReLU(128),
        )
        self.box = nn.Linear(128, 4)
        self.face = nn.Linear(128, 2)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self.trunk(x)
        return self.box(x), self.face(x).softmax(dim=1)[:, 1]


class ONet(nn.Module):
    """Output: (N, 3, 48, 48) -> box offsets (N, 4), points (N, 10) as x1 ... x5 y1 ... y5, face probability (N,)."""

    def __init__(self) -> None:
        super().__init__()
        self.trunk = nn.Sequential(
            *_convolution(3, 32, 3),
            nn.MaxPool2d(3, 2, ceil_mode=True),
            *_convolution(32, 64, 3),
            nn.MaxPool2d(3, 2),
            *_convolution(64, 64, 3),
            nn.MaxPool2d(2, 2, ceil_mode=True),
            *_convolution(64, 128, 2),
            _Flatten(),
            nn.Linear(1152, 256),
            nn.PReLU(256),
        )
        self.box = nn.Linear(256, 4)
        self.points = nn.Linear(256, 10)
        self.face = nn.Linear(256, 2)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        x = self.trunk(x)
        return self.box(x), self.points(x), self.face(x).softmax(dim=1)[:, 1]


def load(device: torch.device | str = "cpu") -> tuple[PNet, RNet, ONet]:
    """The three trained networks. Raises FacelabelError when the weights of the wheel are absent or altered."""
    folder = weights_folder()
    return (
        _filled(PNet(), folder / "pnet.lz4").to(device),
        _filled(RNet(), folder / "rnet.lz4").to(device),
        _filled(ONet(), folder / "onet.lz4").to(device),
    )


def weights_folder() -> Path:
    """Where the installed wheel keeps its weights; the package itself is not imported."""
    spec = find_spec("mtcnn")
    if spec is None or not spec.submodule_search_locations:
        raise FacelabelError("the face detector's weights are not installed", cure=_CURE)
    return Path(spec.submodule_search_locations[0]) / "assets" / "weights"


class _Flatten(nn.Module):
    """The dense layers were trained on features flattened column by column: width, height, channel."""

    def forward(self, x: Tensor) -> Tensor:
        return x.permute(0, 3, 2, 1).flatten(1)


def _convolution(inputs: int, outputs: int, kernel: int) -> Iterator[nn.Module]:
    yield nn.Conv2d(inputs, outputs, kernel)
    yield nn.PReLU(outputs)


def _filled(network: _Network, path: Path) -> _Network:
    """The file holds the parameters in the order in which the modules are declared, in Keras's layout."""
    with torch.no_grad():
        for parameter, array in zip(network.parameters(), _arrays(path), strict=True):
            values = torch.from_numpy(array)
            if array.ndim == 4:
                values = values.permute(3, 2, 0, 1)
            elif array.ndim == 2:
                values = values.T
            parameter.copy_(values.reshape(parameter.shape))
    return network.eval().requires_grad_(False)


def _arrays(path: Path) -> list[np.ndarray]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FacelabelError(f"the weights cannot be read: {error.strerror}", where=path, cure=_CURE) from None
    if hashlib.sha256(data).hexdigest() != _SHA256[path.stem]:
        raise FacelabelError("these are not the weights of mtcnn 1.0.0", where=path, cure=_CURE)
    arrays: list[np.ndarray] = joblib.load(io.BytesIO(data))
    return arrays
