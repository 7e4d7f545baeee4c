"""How a page is cited: Chicago style, BibTeX and RIS."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from detente.site.naming import date_words

__all__ = ["Citation"]


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation needs: a page's title and address ("" where it has none yet), and the work its words come from.

    `retrieved` is the day of reading; Chicago Manual of Style, 17th edition, 14.206-7 and 14.233.
    """

    key: str
    title: str
    address: str
    retrieved: datetime.date
    author: str = ""
    work: str = ""
    publisher: str = ""
    published: datetime.date | None = None

    @property
    def chicago(self) -> str:
        """The entry in Chicago style.

        >>> Citation("e1", "An Act", "http://x/e1", datetime.date(2026, 1, 2)).chicago
        '“An Act.” Détente reading room. Accessed 2 January 2026. http://x/e1.'
        """
        parts = [f"{self.author.rstrip('.')}." if self.author else "", f"“{self.title.rstrip('.')}.”"]
        if self.work:
            parts.append(f"In {self.work}.")
        if self.publisher:
            parts.append(f"{self.publisher}{f', {self.published.year}' if self.published else ''}.")
        parts += ["Détente reading room.", f"Accessed {date_words(self.retrieved, self.retrieved)}."]
        parts += [f"{self.address}."] if self.address else []
        return " ".join(part for part in parts if part)

    @property
    def bib(self) -> str:
        """The entry in BibTeX."""
        fields = {
            "author": self.author,
            "title": self.title,
            "booktitle": self.work,
            "publisher": self.publisher,
            "year": str(self.published.year) if self.published else "",
            "howpublished": "Détente reading room",
            "url": self.address,
            "urldate": self.retrieved.isoformat(),
        }
        lines = [f"  {name} = {{{_braced(value)}}}," for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{re.sub('[^A-Za-z0-9:-]', '', self.key)},", *lines, "}", ""])

    @property
    def ris(self) -> str:
        """The entry in RIS."""
        fields = (
            ("TY", "ELEC"),
            ("AU", self.author),
            ("TI", self.title),
            ("T2", self.work),
            ("PB", self.publisher),
            ("PY", str(self.published.year) if self.published else ""),
            ("UR", self.address),
            ("Y2", self.retrieved.strftime("%Y/%m/%d")),
            ("DB", "Détente reading room"),
        )
        lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in fields if value]
        return "\r\n".join([*lines, "ER  - ", ""])


def _braced(text: str) -> str:
    return re.sub(r"([&%$#_])", r"\\\1", text.replace("\\", " ").replace("{", "(").replace("}", ")"))
