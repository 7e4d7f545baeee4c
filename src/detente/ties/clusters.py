"""Disjoint sets of ids, some of which must never meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

__all__ = ["Clusters"]


class Clusters:
    """Ids, each in a set of its own until joined.

    `splits` are ids that stay apart from one another whatever is joined; one alone stays apart from all.
    """

    def __init__(self, ids: Iterable[str], splits: Iterable[Sequence[str]] = ()) -> None:
        self._members = {each: [each] for each in ids}
        self._head = {each: each for each in self._members}
        self._apart: dict[str, set[str]] = defaultdict(set)
        self._alone: set[str] = set()
        for each in splits:
            if len(set(each)) == 1:
                self._alone.update(each)
            for one in each:
                self._apart[one].update(other for other in each if other != one)

    def join(self, one: str, other: str) -> bool:
        """Make one set of those that `one` and `other` are in; return whether they are together then."""
        first, second = sorted((self._head[one], self._head[other]))
        if first == second:
            return True
        if self._kept_apart(first, second):
            return False
        for member in self._members[second]:
            self._head[member] = first
        self._members[first] += self._members.pop(second)
        return True

    def members(self) -> list[list[str]]:
        """Return the sets, each sorted, in the order of their least ids."""
        return sorted(sorted(members) for members in self._members.values())

    def _kept_apart(self, first: str, second: str) -> bool:
        if not self._apart and not self._alone:
            return False
        others = set(self._members[second])
        alone = self._alone & {*self._members[first], *others}
        return bool(alone) or any(self._apart.get(member, set()) & others for member in self._members[first])
