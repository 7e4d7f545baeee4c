"""A process that adds documents and is killed in the middle of one; run by test_killed.py.

usage: killed.py RECORD STEP

Adds one document whole, then a second; kills itself without warning once STEP of that is done.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from detente.record import Store
from detente.record import store as steps
from tests.record.conftest import make_document, make_events, make_tie


def die_after(step: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*given: Any) -> None:
        step(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    return wrapped


def main(path: str, step: str) -> None:
    store = Store(path)
    for name in ("rivers", "lakes"):
        if name == "lakes":
            setattr(steps, step, die_after(getattr(steps, step)))
        document = make_document(name)
        events = make_events(document)
        store.add(document, events, [make_tie(document, events[0])])


if __name__ == "__main__":
    main(*sys.argv[1:])
