"""The reading room: a record as a site to read, each page with its JSON and CSV twins.

`make_app(record)` returns an ASGI app; `export_site(record, folder)` writes its pages as static files.
"""

from __future__ import annotations

from detente.site.app import make_app
from detente.site.export import export_site
from detente.site.room import Settings

__all__ = ["Settings", "export_site", "make_app"]
