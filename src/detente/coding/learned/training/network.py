"""The network: a reader (encoder and what is said of each piece) and a linker (what is said of each trigger)."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from detente.coding.learned.dating import FEATURES as DATE_FEATURES
from detente.coding.learned.marks import KINDS, SLOTS
from detente.coding.learned.parties import FEATURES
from detente.coding.learned.sides import LINKS, SHAPES
from detente.coding.learned.training.encoder import Encoder

__all__ = ["Linker", "Reader", "Sizes"]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many event types, (type, mode) pairs and statuses there are, and the width of the vectors and the heads."""

    types: int
    modes: int
    statuses: int = 4
    vector: int = 384
    hidden: int = 192
    key: int = 64


class Reader(nn.Module):
    """The encoder, and for each piece: does a trigger begin here, does it go on, is this an unnamed party's words."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = Encoder(SLOTS, KINDS)
        self.tags = nn.Linear(sizes.vector, 5)

    def forward(self, ids: Tensor, mask: Tensor, slots: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor]:
        """Return vectors [B, T, size] and tags [B, T, 5]: trigger begins, goes on; none, party begins, goes on."""
        vectors = self.encoder(ids, mask, slots, kinds)
        return vectors, self.tags(vectors)


class Linker(nn.Module):
    """What is said of each trigger: type, mode, status, parties, date and the stretches that tell content and place."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        d, h = sizes.vector, sizes.hidden
        self.sizes = sizes
        self.types = nn.Sequential(nn.Linear(2 * d, h), nn.GELU(), nn.Dropout(0.1), nn.Linear(h, sizes.types))
        self.modes = nn.Linear(d, sizes.modes)
        self.status = nn.Sequential(nn.Linear(2 * d, h), nn.GELU(), nn.Dropout(0.1), nn.Linear(h, sizes.statuses))
        self.type_vectors = nn.Parameter(torch.randn(sizes.types, h) * 0.1)
        self.of_trigger = nn.Linear(d, h)
        self.of_mention = nn.Linear(d, h)
        self.cross_trigger = nn.Linear(d, h)
        self.cross_mention = nn.Linear(d, h)
        self.absent = nn.Parameter(torch.zeros(d))
        self.notes = nn.Embedding(sum(n for _, n in FEATURES), h)
        self.roles = nn.Sequential(nn.GELU(), nn.Dropout(0.1), nn.Linear(2 * h, h), nn.GELU(), nn.Linear(h, 3))
        self.shape = nn.Sequential(nn.Linear(d + h, h), nn.GELU(), nn.Linear(h, len(SHAPES)))
        self.pull = nn.Sequential(nn.Linear(d + h, h), nn.GELU(), nn.Linear(h, 2 * len(LINKS)))
        self.queries = nn.Linear(d + h, 4 * sizes.key)
        self.keys = nn.Linear(d, 4 * sizes.key)
        self.date_trigger = nn.Linear(d, h)
        self.date_phrase = nn.Linear(d, h)
        self.date_end = nn.Linear(d, h)
        self.date_cross = nn.Linear(d, h)
        self.date_cross_phrase = nn.Linear(d, h)
        self.date_notes = nn.Embedding(sum(n for _, n in DATE_FEATURES), h)
        self.dates = nn.Sequential(nn.GELU(), nn.Dropout(0.1), nn.Linear(2 * h, h), nn.GELU(), nn.Linear(h, 1))
        self.starts: Tensor
        self.date_starts: Tensor
        self.register_buffer("starts", _starts(FEATURES), persistent=False)
        self.register_buffer("date_starts", _starts(DATE_FEATURES), persistent=False)
        for table in (self.notes, self.date_notes):
            nn.init.normal_(table.weight, std=0.1)

    def forward(
        self,
        vectors: Tensor,
        triggers: Tensor,
        mentions: Tensor,
        features: Tensor,
        present: Tensor,
        links: Tensor,
        words: Tensor,
        phrases: Tensor,
        date_features: Tensor,
        gold: Tensor | None = None,
    ) -> tuple[Tensor, ...]:
        """Return the scores of every trigger, N of them (positions are rows of `vectors` [L, size], -1 for none).

        `triggers` [N, 2] (first piece, last piece); `mentions` [N, K, P, 2], `features` [N, K, P, F], `present`
        [N, K, P], `links` [N, K, K] as in `Candidates`; `words` [N, W] the pieces of the sentence; `phrases`
        [N, D, 2] and `date_features` [N, D, G] as in `Windows`; `gold` [N, types] replaces the type the parties are
        chosen by. Gives type [N, types], mode, status, unary [N, K, 3], same and across [N, K, K], shape [N, 9],
        stretch [N, 4, W] (content begins, ends, place begins, ends), date [N, D].
        """
        first, last = vectors[triggers[:, 0]], vectors[triggers[:, 1]]
        both = torch.cat([first, last], -1)
        types = self.types(both)
        kind = (torch.softmax(types.detach(), -1) if gold is None else gold) @ self.type_vectors
        known = torch.cat([first, kind], -1)
        unary = self._score_roles(vectors, first, kind, mentions, features, present)
        pull = self.pull(known)
        spread = functional.one_hot(links, len(LINKS)).to(pull.dtype)
        apart = 1.0 - torch.eye(links.shape[-1], device=links.device, dtype=pull.dtype)
        same = (spread * pull[:, None, None, : len(LINKS)]).sum(-1) * apart
        across = (spread * pull[:, None, None, len(LINKS) :]).sum(-1) * apart
        queries = self.queries(known).view(-1, 4, self.sizes.key)
        keys = self.keys(vectors)[words.clamp(min=0)].view(*words.shape, 4, self.sizes.key)
        stretch = (keys * queries[:, None]).sum(-1).transpose(1, 2) * 0.125
        stretch = stretch - 1e4 * (words < 0).to(stretch.dtype)[:, None]
        date = self._score_dates(vectors, first, kind, phrases, date_features)
        return types, self.modes(first), self.status(both), unary, same, across, self.shape(known), stretch, date

    def _score_roles(
        self, vectors: Tensor, first: Tensor, kind: Tensor, mentions: Tensor, features: Tensor, present: Tensor
    ) -> Tensor:
        there = (mentions[..., :1] >= 0).to(vectors.dtype)
        spot = mentions.clamp(min=0)
        plain, cross = self.of_mention(vectors), self.cross_mention(vectors)
        none, none_cross = self.of_mention(self.absent), self.cross_mention(self.absent)
        mean = (plain[spot[..., 0]] + plain[spot[..., 1]]) * 0.5 * there + none * (1 - there)
        mean_cross = (cross[spot[..., 0]] + cross[spot[..., 1]]) * 0.5 * there + none_cross * (1 - there)
        base = self.of_trigger(first) + kind
        added = mean + base[:, None, None] + self.notes(features + self.starts).sum(-2)
        scores = self.roles(torch.cat([added, mean_cross * self.cross_trigger(first)[:, None, None]], -1))
        return torch.logsumexp(scores + (present.to(scores.dtype)[..., None] - 1.0) * 1e4, 2)

    def _score_dates(self, vectors: Tensor, first: Tensor, kind: Tensor, phrases: Tensor, features: Tensor) -> Tensor:
        there = (phrases >= 0).to(vectors.dtype)[..., None]
        spot = phrases.clamp(min=0)
        begin = self.date_phrase(vectors)[spot[..., 0]] * there[:, :, 0]
        end = self.date_end(vectors)[spot[..., 1]] * there[:, :, 1]
        cross = self.date_cross_phrase(vectors)[spot[..., 0]] * there[:, :, 0]
        base = self.date_trigger(first) + kind
        added = base[:, None] + begin + end + self.date_notes(features + self.date_starts).sum(-2)
        scores: Tensor = self.dates(torch.cat([added, cross * self.date_cross(first)[:, None]], -1))
        return scores[..., 0]


def _starts(features: tuple[tuple[str, int], ...]) -> Tensor:
    sizes = torch.tensor([0, *(size for _, size in features)])
    return torch.cumsum(sizes, 0)[:-1]
