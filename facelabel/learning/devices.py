"""Which processor does the work."""

from __future__ import annotations

import torch

from facelabel.errors import FacelabelError


def choose(name: str = "auto") -> torch.device:
    """The device called ``name``: ``auto`` takes CUDA, then Apple's MPS, then the CPU. Raises FacelabelError."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    try:
        device = torch.device(name)
        torch.empty(1, device=device)
    except (RuntimeError, AssertionError, NotImplementedError):
        raise FacelabelError(
            f"the device '{name}' cannot be used here", cure="choose auto, or one that 'facelabel doctor' lists"
        ) from None
    return device


def describe(device: torch.device) -> str:
    """In words, such as ``CPU, 1 thread`` or ``NVIDIA H100 (CUDA)``."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} (CUDA)"
    if device.type == "mps":
        return "Apple GPU (MPS)"
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread{'s' if threads != 1 else ''}"
