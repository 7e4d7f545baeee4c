"""`Record`: what a user holds."""

from __future__ import annotations

from detente.workbench.correcting import Correcting
from detente.workbench.measuring import Measuring
from detente.workbench.standing import Standing

__all__ = ["Record"]


class Record(Standing, Measuring, Correcting):
    """The record of who did what to whom, kept in one file.

    The file is made where it is missing; `read_only` opens it beside other readers. Close it, or use it in a `with`.
    Parties are named as one likes: a state's name of any time, a COW abbreviation or number, an ISO code, an
    organisation, or `X:` and a movement. Dates are `datetime.date`, ISO or EDTF text, or words ("May 1969").

    >>> from importlib.resources import files
    >>> with Record(":memory:") as record:
    ...     report = record.add(str(files("detente") / "examples/alliance-and-rift.json"))
    ...     report.events >= len(record.events("China", "Soviet Union")) > 0
    True
    """
