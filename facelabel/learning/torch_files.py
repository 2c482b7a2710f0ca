"""Files that ``torch.save`` made, read as data: a pickle may hold code, and none of it is run."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from facelabel.errors import FacelabelError


class TorchFile:
    """What a file holds, all of it plain values and tensors on the CPU.

    ``kind`` is what the file should be, for what is said of it, ``cure`` what to do when it is not. Raises
    FacelabelError when it cannot be read, is damaged, or holds anything else than tensors and plain values.
    """

    def __init__(self, path: Path, kind: str, cure: str) -> None:
        self.path, self._kind, self._cure = path, kind, cure
        try:
            self.held: Any = torch.load(path, map_location="cpu", weights_only=True)
        except OSError as error:
            raise FacelabelError(f"{kind} cannot be read: {error.strerror}", where=path, cure=cure) from None
        except (MemoryError, torch.OutOfMemoryError):
            raise
        except pickle.UnpicklingError:
            raise self.refused("it holds other things than tensors, such as code, which is never run") from None
        except Exception:  # A file of chance bytes fails anywhere in torch's reader.
            raise self.refused("it is damaged or cut short") from None

    def state(self, *names: str) -> dict[str, Tensor]:
        """The state dict under the first of ``names`` that there is; without any name, the file is one itself.

        Raises FacelabelError when there is none, or it holds anything but tensors.
        """
        state = self.held
        if names:
            held = self.held if isinstance(self.held, Mapping) else {}
            state = next((held[name] for name in names if name in held), None)
        if not isinstance(state, Mapping):
            raise self.refused(f"it has no {' or '.join(names) or 'state dict'}")
        for name, tensor in state.items():
            if not isinstance(name, str) or not isinstance(tensor, Tensor):
                raise self.refused(f"in its {names[0] if names else 'state dict'}, {name!r} is no tensor")
        return dict(state)

    def sha256(self) -> str:
        """The hash of the whole file."""
        with self.path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()

    def refused(self, what: str) -> FacelabelError:
        """To be raised: this is not the file that it should be."""
        return FacelabelError(f"not {self._kind}: {what}", where=self.path, cure=self._cure)


def plain(tensor: Tensor) -> Tensor:
    """As weights are kept: float32, or as it is when it counts something."""
    return tensor.detach().float() if tensor.is_floating_point() else tensor.detach()
