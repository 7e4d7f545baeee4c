"""The training loop: batches, losses, learning rates by layer, and a moving average of the weights."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from detente.coding.learned.modelfile import LINKED
from detente.coding.learned.scene import ask, pad_windows
from detente.coding.learned.sides import MOST_SIDES, SHAPES, WIDTH, score_sides
from detente.coding.learned.training.examples import Example
from detente.coding.learned.training.network import Linker, Reader, Sizes

__all__ = ["Model", "Settings", "learn"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train.

    `layer_decay` lowers the learning rate from each layer to the one below, `frozen` lower layers stay as they are,
    `warm` is the share of steps in which the rate rises, `average` how much of the moving average a step keeps;
    `type_power` raises the weight of rare types (0 not at all, 1 in full); `decoys` asks the linker about words that
    are no triggers, too; `weights` are those of the losses.
    """

    epochs: int = 4
    batch: int = 8
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.85
    frozen: int = 0
    warm: float = 0.1
    decay: float = 0.01
    average: float = 0.98
    seed: int = 1
    type_power: float = 0.5
    decoys: bool = False
    weights: Mapping[str, float] = field(
        default_factory=lambda: {
            "begins": 12.0, "goes_on": 1.0, "party": 4.0, "type": 1.0, "mode": 0.3,
            "status": 0.5, "sides": 1.0, "date": 0.5, "stretch": 0.15,
        }
    )  # fmt: skip


class Model(nn.Module):
    """Reader and linker together."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        self.reader = Reader(sizes)
        self.linker = Linker(sizes)


def learn(
    model: Model,
    examples: Sequence[Example],
    settings: Settings,
    tell: Callable[[str], None] = print,
    after: Callable[[Model, int], None] | None = None,
) -> Model:
    """Train `model` on `examples` and return the moving average of its weights; `after` sees it after each epoch."""
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device)
    average = copy.deepcopy(model)
    batches = list(_batch(examples, settings.batch, chance))
    optimiser = torch.optim.AdamW(_group_rates(model, settings), weight_decay=settings.decay, fused=True)
    total = settings.epochs * len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _rate(step, total, settings.warm))
    weigh = _weigh_types(examples, model.sizes.types, settings.type_power).to(device)
    for epoch in range(settings.epochs):
        model.train()
        began, sums = time.perf_counter(), dict.fromkeys(settings.weights, 0.0)
        batches = list(_batch(examples, settings.batch, chance))
        for batch in batches:
            losses = _find_losses(model, batch, weigh, device)
            loss = sum(
                (settings.weights[name] * value for name, value in losses.items()), torch.zeros((), device=device)
            )
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            _blend(average, model, settings.average)
            for name, value in losses.items():
                sums[name] += float(value.detach())
        told = " ".join(f"{name} {value / len(batches):.3f}" for name, value in sums.items())
        tell(f"epoch {epoch + 1}: {time.perf_counter() - began:.0f} s, {told}")
        if after:
            after(average.eval(), epoch + 1)
    return average.eval().cpu()


def _batch(examples: Sequence[Example], size: int, chance: random.Random) -> Iterator[list[Example]]:
    """Yield batches of windows of like length, in random order."""
    order = sorted(examples, key=lambda e: len(e.window.ids) + chance.random() * 24)
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    chance.shuffle(batches)
    yield from batches


def _group_rates(model: Model, settings: Settings) -> list[dict[str, Any]]:
    """Return parameter groups whose learning rate falls from the top layer to the bottom one."""
    encoder = model.reader.encoder
    for part in (encoder.words, encoder.places, encoder.norm, *encoder.layers[: settings.frozen]):
        part.requires_grad_(False)
    encoder.segment.requires_grad_(False)
    depth = len(encoder.layers)
    groups = [
        {"params": list(layer.parameters()), "lr": settings.encoder_rate * settings.layer_decay ** (depth - 1 - i)}
        for i, layer in enumerate(encoder.layers)
        if i >= settings.frozen
    ]
    heads = [*model.linker.parameters(), *model.reader.tags.parameters()]
    heads += [*encoder.slots.parameters(), *encoder.kinds.parameters()]
    return [*groups, {"params": heads, "lr": settings.head_rate}]


def _rate(step: int, total: int, warm: float) -> float:
    rise = max(1.0, warm * total)
    return min((step + 1) / rise, max(0.02, (total - step) / max(1.0, total - rise)))


def _weigh_types(examples: Sequence[Example], types: int, power: float) -> Tensor:
    counts = np.ones(types)
    for example in examples:
        for answer in example.answers:
            if answer.type >= 0:
                counts[answer.type] += 1
    weights = (counts.mean() / counts) ** power
    return torch.tensor(np.clip(weights, 0.5, 3.0), dtype=torch.float32)


@torch.no_grad()
def _blend(average: Model, model: Model, keep: float) -> None:
    for held, new in zip(average.parameters(), model.parameters(), strict=True):
        if new.requires_grad:
            held.lerp_(new, 1 - keep)


def _find_losses(model: Model, batch: Sequence[Example], weigh: Tensor, device: str) -> dict[str, Tensor]:
    given = pad_windows([e.window for e in batch], [e.scene.marks[e.number] for e in batch])
    inputs = (torch.from_numpy(given[n]).to(device) for n in ("ids", "mask", "slots", "kinds"))
    with torch.autocast(device, torch.bfloat16):
        vectors, _ = model.reader(*inputs)
    vectors = vectors.float()
    tags = model.reader.tags(vectors)
    length = vectors.shape[1]
    asked = [
        torch.from_numpy(_pad([getattr(e, n) for e in batch], length)).to(device)
        for n in ("begins", "goes_on", "party")
    ]
    losses = {"begins": _yes_no(tags[..., 0], asked[0]), "goes_on": _yes_no(tags[..., 1], asked[1])}
    losses["party"] = functional.cross_entropy(tags[..., 2:].flatten(0, 1), asked[2].flatten(), ignore_index=-1)
    questions = [q for e in batch for q in e.questions]
    if questions:
        offsets = [row * length for row, e in enumerate(batch) for _ in e.questions]
        losses |= _find_link_losses(model, vectors.flatten(0, 1), questions, offsets, batch, weigh, device)
    return losses


def _find_link_losses(
    model: Model, vectors: Tensor, questions: Any, offsets: Any, batch: Any, weigh: Tensor, device: str
) -> dict[str, Tensor]:
    answers = [a for e in batch for a in e.answers]
    held = {k: torch.from_numpy(v).to(device) for k, v in ask(questions, offsets).items()}
    types = torch.tensor([a.type for a in answers], device=device)
    gold = functional.one_hot(types.clamp(min=0), model.sizes.types).float()
    with torch.no_grad():
        trigger = torch.cat([vectors[held["triggers"][:, 0]], vectors[held["triggers"][:, 1]]], -1)
        guess = torch.softmax(model.linker.types(trigger), -1)
    told = (torch.rand(len(answers), 1, device=device) < 0.5) & (types >= 0)[:, None]
    out = dict(zip(LINKED, model.linker(vectors, **held, gold=torch.where(told, gold, guess)), strict=True))
    losses = {}
    real = types >= 0
    if real.any():
        modes, statuses = (torch.tensor([getattr(a, n) for a in answers], device=device) for n in ("mode", "status"))
        losses["type"] = functional.cross_entropy(out["types"][real], types[real], weight=weigh, label_smoothing=0.05)
        losses["mode"] = functional.cross_entropy(out["modes"][real], modes[real])
        losses["status"] = functional.cross_entropy(out["status"][real], statuses[real])
        losses["stretch"] = _lose_stretches([a for a in answers if a.type >= 0], out["stretch"][real])
    losses["sides"] = _lose_sides(questions, answers, out, device)
    losses["date"] = _lose_dates(answers, out["date"], device)
    return losses


def _lose_sides(questions: Any, answers: Any, out: Mapping[str, Tensor], device: str) -> Tensor:
    kept = [i for i, a in enumerate(answers) if a.side >= 0]
    if not kept:
        return torch.zeros((), device=device)
    most = max(len(questions[i].candidates.roles) for i in kept)
    roles = np.zeros((len(kept), min(most, MOST_SIDES), WIDTH), dtype=np.int64)
    shapes = np.zeros((*roles.shape[:2], len(SHAPES)), dtype=np.float32)
    void = np.full(roles.shape[:2], -1e4, dtype=np.float32)
    for row, i in enumerate(kept):
        held = questions[i].candidates
        roles[row, : len(held.roles)] = held.roles
        shapes[row, : len(held.roles)] = np.eye(len(SHAPES), dtype=np.float32)[held.shapes]
        void[row, : len(held.roles)] = 0
    parts = (out[name][kept] for name in ("unary", "same", "across", "shape"))
    given = (torch.from_numpy(x).to(device) for x in (roles, shapes))
    scores = score_sides(*given, *parts) + torch.from_numpy(void).to(device)
    return functional.cross_entropy(scores, torch.tensor([answers[i].side for i in kept], device=device))


def _lose_dates(answers: Any, scores: Tensor, device: str) -> Tensor:
    right = np.zeros(scores.shape, dtype=bool)
    there = np.zeros(scores.shape, dtype=bool)
    for row, answer in enumerate(answers):
        right[row, : len(answer.dates)] = answer.dates
        there[row, : len(answer.dates)] = True
    kept = right.any(1)
    if not kept.any():
        return torch.zeros((), device=device)
    spread = scores.masked_fill(~torch.from_numpy(there).to(device), -1e4)
    good = spread.masked_fill(~torch.from_numpy(right).to(device), -1e4)
    return (spread.logsumexp(-1) - good.logsumexp(-1))[torch.from_numpy(kept).to(device)].mean()


def _lose_stretches(answers: Any, scores: Tensor) -> Tensor:
    width = scores.shape[-1]
    none = torch.zeros(*scores.shape[:-1], 1, device=scores.device)
    wanted = torch.tensor([[*a.content, *a.place] for a in answers], device=scores.device)
    wanted = torch.where(wanted < 0, width, wanted)
    return functional.cross_entropy(torch.cat([scores, none], -1).flatten(0, 1), wanted.flatten())


def _yes_no(scores: Tensor, wanted: Tensor) -> Tensor:
    asked = wanted >= 0
    return functional.binary_cross_entropy_with_logits(scores[asked], wanted[asked].float())


def _pad(rows: Sequence[npt.NDArray[np.int64]], length: int) -> npt.NDArray[np.int64]:
    padded = np.full((len(rows), length), -1, dtype=np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return padded
