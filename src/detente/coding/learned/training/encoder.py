"""The encoder: a six-layer BERT, its weights taken from the packaged all-MiniLM-L6-v2, with marks for who is named."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

__all__ = ["Encoder", "load_pretrained"]


class Layer(nn.Module):
    """Self-attention and a feed-forward net, each with a residual path and a norm after it."""

    def __init__(self, size: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.mix = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.widen = nn.Linear(size, inner)
        self.narrow = nn.Linear(inner, size)
        self.last_norm = nn.LayerNorm(size, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, size = x.shape
        each = size // self.heads
        q, k, v = self.mix(x).view(batch, length, 3, self.heads, each).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-1, -2) * (1 / math.sqrt(each)) + bias, -1)
        mixed = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, size)
        x = self.norm(x + self.drop(self.out(mixed)))
        wide = functional.gelu(self.widen(x))
        y: Tensor = self.last_norm(x + self.drop(self.narrow(wide)))
        return y


class Encoder(nn.Module):
    """Turns pieces into vectors; `slots` and `kinds` mark, piece by piece, which polity is named and by what.

    The marks begin at zero, so that a fresh encoder gives what the packaged one gives.
    """

    def __init__(
        self, slots: int, kinds: int, *, vocabulary: int = 30522, size: int = 384, layers: int = 6, heads: int = 12
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, size)
        self.places = nn.Embedding(512, size)
        self.segment = nn.Parameter(torch.zeros(size))
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.slots = nn.Embedding(slots, size)
        self.kinds = nn.Embedding(kinds, size)
        nn.init.zeros_(self.slots.weight)
        nn.init.zeros_(self.kinds.weight)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList([Layer(size, heads, 4 * size) for _ in range(layers)])

    def forward(self, ids: Tensor, mask: Tensor, slots: Tensor, kinds: Tensor) -> Tensor:
        """Return vectors [batch, length, size] for `ids`; `mask` is 1 where there is a piece."""
        places = torch.arange(ids.shape[1], device=ids.device)[None]
        x: Tensor = self.drop(self.norm(self.words(ids) + self.places(places) + self.segment))
        x = x + self.slots(slots) + self.kinds(kinds)
        bias = (1.0 - mask[:, None, None].to(x.dtype)) * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x


def load_pretrained(encoder: Encoder, folder: Path) -> None:
    """Fill `encoder` with the weights in `folder`/model.safetensors (a Hugging Face BERT)."""
    from safetensors.torch import load_file

    held = load_file(folder / "model.safetensors")
    state: dict[str, Any] = {
        "words.weight": held["embeddings.word_embeddings.weight"],
        "places.weight": held["embeddings.position_embeddings.weight"],
        "segment": held["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": held["embeddings.LayerNorm.weight"],
        "norm.bias": held["embeddings.LayerNorm.bias"],
    }
    for i in range(len(encoder.layers)):
        old, new = f"encoder.layer.{i}.", f"layers.{i}."
        for part in ("weight", "bias"):
            mix = [held[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            state[f"{new}mix.{part}"] = torch.cat(mix)
            for ours, theirs in _PARTS.items():
                state[f"{new}{ours}.{part}"] = held[f"{old}{theirs}.{part}"]
    missing, unknown = encoder.load_state_dict(state, strict=False)
    if unknown or set(missing) - {"slots.weight", "kinds.weight"}:
        raise ValueError(f"{folder} does not hold the weights of this encoder: {missing} {unknown}")


_PARTS = {
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "last_norm": "output.LayerNorm",
}
