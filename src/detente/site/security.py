"""What keeps the room safe: headers on every answer, limits on how often one may ask, tokens in forms."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "RateLimit", "SecureHeaders", "Tokens"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SecureHeaders:
    """An ASGI layer that puts `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *self._headers]}
            await send(message)

        await self._app(scope, receive, send_safely)


class RateLimit:
    """At most `most` acts of one key in any `seconds`; keys beyond `held` are forgotten, the oldest first."""

    def __init__(self, most: int, seconds: float, held: int = 10_000) -> None:
        self.most, self.seconds, self.held = most, seconds, held
        self._acts: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, key: str, now: float | None = None) -> bool:
        """Count an act of `key`; return whether it is within the limit."""
        moment = time.monotonic() if now is None else now
        with self._lock:
            acts = [act for act in self._acts.pop(key, []) if moment - act < self.seconds]
            allowed = len(acts) < self.most
            self._acts[key] = [*acts, moment] if allowed else acts
            while len(self._acts) > self.held:
                self._acts.popitem(last=False)
        return allowed


class Tokens:
    """Tokens that a form carries, good only for the visit (a cookie's value) they were made for."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def make(self, visit: str) -> str:
        """Return the token of a visit."""
        return hmac.new(self._key, visit.encode("utf-8", "replace"), hashlib.sha256).hexdigest()

    def fits(self, visit: str, token: str) -> bool:
        """Return whether `token` is the visit's."""
        return bool(visit) and hmac.compare_digest(self.make(visit).encode(), token.encode("utf-8", "replace"))
