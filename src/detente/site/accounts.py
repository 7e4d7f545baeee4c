"""Reviewers' accounts: names with hashed passwords in a file beside the record, and who is signed in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
import threading
import time
from pathlib import Path

from detente.errors import FormatError, UsageError

__all__ = ["Sessions", "accounts_beside", "add_account", "check_password"]

SHORTEST = 12
SESSION_SECONDS = 8 * 3600
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}
_NOBODY = "AAAAAAAAAAAAAAAAAAAAAA=="


def accounts_beside(record: Path) -> Path:
    """Return the file of the accounts of a record."""
    return record.with_name(f"{record.name}.accounts.json")


def add_account(path: Path, name: str, password: str) -> None:
    """Write an account, replacing one of that name; only the owner can read the file.

    Passwords are hashed with scrypt (Percival and Josefsson 2016, RFC 7914). UsageError for an empty name or a
    password of fewer than 12 characters.
    """
    if not name.strip() or len(name) > 80:
        raise UsageError(f"{name!r} is no name (expected 1 to 80 characters)")
    if len(password) < SHORTEST:
        raise UsageError(f"a password of {len(password)} characters (expected at least {SHORTEST})")
    salt = secrets.token_bytes(16)
    accounts = _read(path)
    accounts[name] = {"salt": base64.b64encode(salt).decode(), "hash": _hash(password, salt)}
    part = path.with_name(path.name + ".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(accounts, file, indent=1)
    part.replace(path)


def check_password(path: Path, name: str, password: str) -> bool:
    """Return whether `password` is that of the account; an unknown name takes as long as a known one."""
    account = _read(path).get(name)
    found = _hash(password[:1000], base64.b64decode(account["salt"] if account else _NOBODY))
    return hmac.compare_digest(found, account["hash"] if account else "") and account is not None


class Sessions:
    """Who is signed in, by the token in their cookie; a session ends after eight hours or when the room closes."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def open(self, name: str) -> str:
        """Return the token of a new session."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = time.monotonic()
            self._held = {key: held for key, held in self._held.items() if held[1] > now}
            self._held[token] = (name, now + SESSION_SECONDS)
        return token

    def name(self, token: str) -> str | None:
        """Return who holds a session; None where it is none or over."""
        name, until = self._held.get(token, ("", 0.0))
        return name if name and until > time.monotonic() else None

    def close(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._held.pop(token, None)


def _hash(password: str, salt: bytes) -> str:
    return base64.b64encode(hashlib.scrypt(password.encode(), salt=salt, **_COST)).decode()


def _read(path: Path) -> dict[str, dict[str, str]]:
    if not path.exists():
        return {}
    try:
        accounts: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise FormatError(path, None, "is not JSON", expected="the accounts `detente review add-user` wrote") from error
    return accounts
