"""The citation of a page."""

from __future__ import annotations

import datetime
from typing import Any

from starlette.requests import Request

from detente.site.citations import Citation

__all__ = ["cite_page"]


def cite_page(request: Request, key: str, title: str, path: str, **source: Any) -> Citation:
    """Return the citation of the page at `path`, retrieved today; `source` holds its author, work and publisher."""
    address = f"{request.url.scheme}://{request.url.netloc}{path}"
    return Citation(key, title, address, datetime.date.today(), **source)
