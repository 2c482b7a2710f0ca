"""Which processor does the work."""

from __future__ import annotations

from typing import Literal

import torch

from facelabel.errors import FacelabelError

Precision = Literal["auto", "float32", "bfloat16"]


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


def autocast(precision: Precision, device: torch.device) -> torch.autocast:
    """Where networks compute in bfloat16 or, disabled, as they are; ``auto``: bfloat16 where the processor has it."""
    half = precision == "bfloat16" or (precision == "auto" and _has_bfloat16(device))
    return torch.autocast(device.type, torch.bfloat16, enabled=half)


def _has_bfloat16(device: torch.device) -> bool:
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    able = torch.cpu.get_capabilities()
    return device.type == "cpu" and bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def describe(device: torch.device) -> str:
    """In words, such as ``CPU, 1 thread`` or ``NVIDIA H100 (CUDA)``."""
    if device.type == "cuda":
        return f"{torch.cuda.get_device_name(device)} (CUDA)"
    if device.type == "mps":
        return "Apple GPU (MPS)"
    threads = torch.get_num_threads()
    return f"CPU, {threads} thread{'s' if threads != 1 else ''}"
