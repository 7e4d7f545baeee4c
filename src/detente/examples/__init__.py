"""The example that comes with the package: an account of China and the Soviet Union, with its hand-made coding."""

from __future__ import annotations

from pathlib import Path

__all__ = ["example_page", "example_reference"]

FOLDER = Path(__file__).parent


def example_page() -> Path:
    """Return the account, a page in Markdown.

    >>> example_page().name
    'alliance-and-rift.md'
    """
    return FOLDER / "alliance-and-rift.md"


def example_reference() -> Path:
    """Return the folder that holds the account as a numbered document, with its events coded by hand."""
    return FOLDER
