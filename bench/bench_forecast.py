"""Score and time the ranker beside plain recurrence. Run: python bench/bench_forecast.py [DIR with train.txt …]

Without a folder it makes data of the size of ICEWS14: countries with roles, facts that recur, are answered, or lead to
other acts, and new ones that follow who deals with whom.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from detente.measure.quadruples import Quadruples, read_quadruples, split_by_time
from detente.measure.ranking import score_ranking

ENTITIES, RELATIONS, DAYS, FACTS, COUNTRIES, ROLES = 7000, 230, 365, 90_000, 180, 40


def _zipf(size: int, power: float) -> np.ndarray:
    weight = 1 / np.arange(1, size + 1) ** power
    return weight / weight.sum()


def _affinities(random: np.random.Generator, rows: int, columns: int, spread: float, base: np.ndarray) -> np.ndarray:
    table = np.exp(random.normal(0, spread, (rows, columns))) * base[None, :]
    return table


def _share(table: np.ndarray) -> np.ndarray:
    return table / table.sum(axis=1, keepdims=True)


def make_facts(seed: int = 0) -> Quadruples:
    """Return made facts, split by time."""
    random = np.random.default_rng(seed)
    weight = _zipf(COUNTRIES, 0.9)
    country = random.choice(COUNTRIES, ENTITIES, p=weight)
    role = random.choice(ROLES, ENTITIES, p=_zipf(ROLES, 0.8))
    activity = random.permutation(1 / (1 + np.arange(ENTITIES)) ** 0.75)
    dealings = _affinities(random, COUNTRIES, COUNTRIES, 1.5, weight)
    dealings[np.arange(COUNTRIES), np.arange(COUNTRIES)] *= 200
    dealings = _share(dealings)
    towards = _share(_affinities(random, RELATIONS, ROLES, 2.0, np.ones(ROLES)))
    common = _zipf(RELATIONS, 1.0)
    doing = _share(_affinities(random, ROLES, RELATIONS, 1.5, common))
    leads_to = _share(_affinities(random, RELATIONS, RELATIONS, 2.5, common))
    members = {(c, p): np.flatnonzero((country == c) & (role == p)) for c in range(COUNTRIES) for p in range(ROLES)}
    drawn = np.cumsum(activity / activity.sum())
    facts: list[tuple[int, int, int, int]] = []
    each = FACTS // DAYS
    for day in range(DAYS):
        known = len(facts)
        for _ in range(each):
            if known and random.random() < 0.62:
                s, r, o, _ = facts[known - 1 - int(min(known - 1, random.exponential(each * 25)))]
                turn = random.random()
                if turn >= 0.7:
                    s, o = o, s
                if 0.45 <= turn < 0.7 or turn >= 0.85:
                    r = int(random.choice(RELATIONS, p=leads_to[r]))
                facts.append((s, r, o, day))
                continue
            s = int(np.searchsorted(drawn, random.random()))
            r = int(random.choice(RELATIONS, p=doing[role[s]]))
            there = members[
                int(random.choice(COUNTRIES, p=dealings[country[s]])), int(random.choice(ROLES, p=towards[r]))
            ]
            others = there[there != s]
            if len(others):
                o = int(random.choice(others, p=activity[others] / activity[others].sum()))
                facts.append((s, r, o, day))
    return split_by_time(np.array(facts), [f"e{i}" for i in range(ENTITIES)], [f"r{i}" for i in range(RELATIONS)])


def main() -> None:
    """Print the scores of both methods and the processor time."""
    data = read_quadruples(sys.argv[1]) if len(sys.argv) > 1 else make_facts()
    started = time.process_time()
    found = score_ranking(data)
    model, plain = found.table.to_pylist()
    print(found.summary())
    print(
        f"{model['mrr'] / plain['mrr']:.2f} times recurrence; {time.process_time() - started:.0f} s of processor time"
    )


if __name__ == "__main__":
    main()
