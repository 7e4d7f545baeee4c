"""Serving a record as a site, from one process or several."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from detente.errors import UsageError
from detente.site.app import make_app
from detente.site.room import Settings

__all__ = ["serve_record"]


def serve_record(
    record: Path | str,
    settings: Settings,
    *,
    host: str,
    port: int,
    workers: int = 1,
    opened: Callable[[], None] = lambda: None,
) -> None:
    """Answer at `host` and `port` until interrupted; each of the `workers` opens the record for itself.

    `opened` is called once the record is found to be sound.

    RecordError where there is no record; UsageError for several workers with `settings.review`, as one alone may write.
    """
    if workers > 1 and settings.review:
        raise UsageError(f"--workers {workers} and --review cannot go together (expected one process to write)")
    app = make_app(record, settings)  # a fault of the record is told before anything listens
    opened()
    listen: dict[str, Any] = {
        "host": host, "port": port, "log_level": "warning", "access_log": False, "server_header": False,
    }  # fmt: skip
    try:
        if workers == 1:
            uvicorn.run(app, **listen)
    finally:
        app.state.room.record.close()
    if workers > 1:
        config = uvicorn.Config(partial(make_app, record, settings), factory=True, workers=workers, **listen)
        Multiprocess(config, [config.bind_socket()]).run()
