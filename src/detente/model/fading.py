"""How acts weigh less as they recede: the half-life that the record's sums and the state of relations share."""

from __future__ import annotations

__all__ = ["HALF_LIFE_DAYS"]

HALF_LIFE_DAYS = 730.5
"""Two years: after that an act weighs half of what it did. The record keeps sums made with it: another value needs a
new version of the schema."""
