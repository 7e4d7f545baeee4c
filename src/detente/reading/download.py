"""A page fetched from its address: the one thing detente ever fetches, and only when it is asked for by name."""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request

from detente.errors import DocumentError

__all__ = ["download", "is_url"]

_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:\[[0-9a-f:.]+\]|[^/?#@\[\]:]+)(?::\d*)?(?:[/?#]|\Z)", re.IGNORECASE)
SECONDS = 30.0
CHUNK = 1 << 16
AGENT = "detente (reads a page for its user)"


def is_url(address: str) -> bool:
    """Return whether `address` is one of the web: http or https.

    >>> is_url("https://example.org/page.html"), is_url("ftp://example.org/page.html"), is_url("page.html")
    (True, False, False)
    """
    return address.lower().startswith(("http://", "https://"))


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirection to the web only: never to a file, ftp or data address."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if not is_url(newurl):
            raise DocumentError(req.full_url, f"leads on to {newurl}", expected="a page on the web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def download(url: str, most_bytes: int, seconds: float = SECONDS) -> bytes:
    """Return the bytes at `url` (http or https).

    Raises DocumentError where the address cannot be reached, answers with an error, sends more than `most_bytes`, or
    takes longer than `seconds` in all.
    """
    expected = "an address of the web that answers with a page"
    if not is_url(url) or not _HOST.match(url):
        raise DocumentError(url, "is not an address of the web", expected=expected)
    deadline = time.monotonic() + seconds
    request = urllib.request.Request(url, headers={"User-Agent": AGENT, "Accept-Encoding": "identity"})
    opener = urllib.request.OpenerDirector()
    for handler in (urllib.request.ProxyHandler, urllib.request.HTTPHandler, urllib.request.HTTPSHandler,
                    urllib.request.HTTPErrorProcessor, urllib.request.HTTPDefaultErrorHandler, _WebOnly):  # fmt: skip
        opener.add_handler(handler())
    try:
        with opener.open(request, timeout=seconds) as answer:
            return _receive(answer, url, most_bytes, deadline)
    except urllib.error.HTTPError as error:
        raise DocumentError(
            url, f"answers {error.code} {' '.join(str(error.reason).split())}", expected=expected
        ) from None
    except urllib.error.URLError as error:
        raise DocumentError(url, f"cannot be reached: {error.reason}", expected=expected) from None
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise DocumentError(url, f"cannot be fetched: {error or type(error).__name__}", expected=expected) from None


def _receive(answer: http.client.HTTPResponse, url: str, most_bytes: int, deadline: float) -> bytes:
    received = bytearray()
    while chunk := answer.read1(CHUNK):
        received += chunk
        if len(received) > most_bytes:
            raise DocumentError(url, f"sends more than {most_bytes >> 20} MiB", expected="a smaller document")
        if time.monotonic() > deadline:
            raise DocumentError(url, "takes too long to send", expected="an answer within the time allowed")
    return bytes(received)
