"""From a name or code to the code the events use."""

from __future__ import annotations

from collections.abc import Collection

from detente.errors import EntityError, UsageError
from detente.refdata.states import find_state

__all__ = ["dyad_codes", "party_code"]


def party_code(text: str, known: Collection[str] = ()) -> str:
    """Return the code for `text`: itself where it is among `known` (states, organisations, `X:` movements), else the
    COW abbreviation of the state it names. EntityError where nothing answers to it.
    """
    if text in known:
        return text
    if text.startswith("X:"):
        raise EntityError(text, expected="a party that the events name")
    return find_state(text).stateabb


def dyad_codes(a: str, b: str, known: Collection[str] = ()) -> tuple[str, str]:
    """Return the codes of a dyad; UsageError where both names mean the same party."""
    codes = party_code(a, known), party_code(b, known)
    if codes[0] == codes[1]:
        raise UsageError(f"{a} and {b} are both {codes[0]}: a dyad needs two different parties")
    return codes
