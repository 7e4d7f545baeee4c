"""détente: read what is written about how states deal with one another, and keep the record.

>>> import detente
>>> record = detente.Record(":memory:")
>>> len(record.events())
0
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    __version__: str
    from detente.errors import DetenteError as DetenteError
    from detente.model import BoundedDate as BoundedDate
    from detente.model import Document as Document
    from detente.model import Event as Event
    from detente.model import Tie as Tie
    from detente.record import EventTable as EventTable
    from detente.refdata import states as states
    from detente.resolving.when import resolve_date as resolve_date
    from detente.resolving.who import resolve_entity as resolve_entity
    from detente.workbench import Record as Record
    from detente.workbench import code_document as code_document
    from detente.workbench import evaluate as evaluate
    from detente.workbench import read_document as read_document

# Loaded when first asked for: `import detente` stays quick, and `from detente import states` loads nothing else.
_HOMES = {
    "BoundedDate": "detente.model",
    "DetenteError": "detente.errors",
    "Document": "detente.model",
    "Event": "detente.model",
    "EventTable": "detente.record",
    "Record": "detente.workbench",
    "Tie": "detente.model",
    "code_document": "detente.workbench",
    "evaluate": "detente.workbench",
    "read_document": "detente.workbench",
    "resolve_date": "detente.resolving.when",
    "resolve_entity": "detente.resolving.who",
    "states": "detente.refdata",
}

__all__ = [*sorted(_HOMES), "__version__"]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("detente")
    if name not in _HOMES:
        raise AttributeError(f"module 'detente' has no attribute {name!r}")
    home = _HOMES[name]
    value = import_module(f"{home}.{name}") if name == "states" else getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
