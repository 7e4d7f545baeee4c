"""Encodings: bytes to text, by mark, by declaration, by UTF-8's own check, and last by charset-normalizer."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from detente.errors import DocumentError

__all__ = ["decode_text", "is_binary"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
SAMPLE = 1 << 16
CONTROL_SHARE = 0.005
MOST_LINES = 1_000_000
CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "koi8_r", "koi8_u", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2",
    "cp866", "mac_roman", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp874",
]  # fmt: skip


def decode_text(data: bytes, address: str) -> str:
    """Return the text of `data`, its line ends made "\\n".

    Tried in turn: a byte-order mark, UTF-8, UTF-16 without its mark, the encoding that an HTML or XML head declares,
    and what charset-normalizer finds most likely in the first 64 kB. Raises DocumentError for binary data and for
    text that fits none.

    >>> decode_text("communiqué".encode("cp1252") + b" of the conference at Geneva", "a.txt")
    'communiqué of the conference at Geneva'
    """
    text = _decode(data, address)
    if text.count("\n") > MOST_LINES:
        raise DocumentError(address, f"has more than {MOST_LINES} lines", expected="a text of fewer lines")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def is_binary(data: bytes) -> bool:
    """Return whether the start of `data` cannot be text: zero bytes outside UTF-16 or 32, or many control codes."""
    sample = data[:SAMPLE]
    if _marked_encoding(sample) or _unmarked_utf16(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    return controls > CONTROL_SHARE * len(sample)


def _decode(data: bytes, address: str) -> str:
    if encoding := _marked_encoding(data) or _unmarked_utf16(data[:SAMPLE]):
        return _decode_as(data, encoding, address)
    if is_binary(data):
        raise DocumentError(address, "is binary, of no known format", expected="text, HTML, TEI, PDF, DOCX or EPUB")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for encoding in filter(None, (_declared_encoding(data), _likely_encoding(data))):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentError(address, "is in no encoding that could be told", expected="UTF-8 text")


def _decode_as(data: bytes, encoding: str, address: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"is not the {encoding.upper()} its first bytes announce (byte {error.start})"
        raise DocumentError(address, problem, expected="text in one encoding") from None


def _marked_encoding(data: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 of mostly European text has a zero in every second byte."""
    half = len(sample) // 2
    if half < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else None


def _declared_encoding(data: bytes) -> str | None:
    match = _DECLARED.search(data[:2048])
    if not match:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    return "cp1252" if name == "iso8859-1" else name


def _likely_encoding(data: bytes) -> str | None:
    """The likeliest encoding of the first part that is not ASCII; of equals Windows-1252, the commonest."""
    first = _NOT_ASCII.search(data)
    start = max(0, first.start() - 512) if first else 0
    matches = from_bytes(data[start : start + SAMPLE], cp_isolation=CANDIDATES)
    best = matches.best()
    if best is None:
        return None
    equals = (match for match in matches if (match.chaos, match.coherence) == (best.chaos, best.coherence))
    return "cp1252" if any("cp1252" in match.could_be_from_charset for match in equals) else best.encoding
