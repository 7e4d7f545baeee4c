"""Time the landscape of 25 actors, beside bare passes over as many numbers. Run: python bench/bench_alignments.py"""

from __future__ import annotations

import time

import numpy as np

from detente.measure.landscape import find_minima


def main() -> None:
    """Print processor seconds and their ratio to 25 bare passes over 2^24 numbers in the same run."""
    random = np.random.default_rng(0)
    pull = np.triu(random.normal(size=(25, 25)), 1)
    pull = pull + pull.T
    numbers = random.random(1 << 24)
    started = time.process_time()
    for _ in range(25):
        np.minimum(numbers, 0.5, out=numbers)
    bare = time.process_time() - started
    started = time.process_time()
    minima = find_minima(pull)
    taken = time.process_time() - started
    print(f"25 actors, {len(minima)} minima: {taken:.1f} s, {taken / bare:.0f} times 25 bare passes ({bare:.2f} s)")


if __name__ == "__main__":
    main()
