"""Every address of the reading room: pages, their twins and their places; nothing else builds a link."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from secrets import token_hex
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

__all__ = ["ORIGIN", "TWINS", "Links", "file_of"]

ORIGIN = f"https://{token_hex(16)}.invalid"
"""Stands for the scheme and the host of the room in the pages it keeps: they are known when a page is asked for. No
text can hold it, as it is another each time."""

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]+").fullmatch
TWINS = (".json", ".csv", ".bib", ".ris")


class Links:
    """The addresses of the room's pages, as paths from its root.

    >>> Links().dyad("RUS", "CHN", on="1979-10-15")
    '/dyads/CHN-RUS?on=1979-10-15'
    """

    home = "/"
    states = "/states"
    dyads = "/dyads"
    events = "/events"
    ties = "/ties"
    documents = "/documents"
    map = "/map"
    network = "/network"
    search = "/search"
    codebook = "/codebook"
    about = "/about"
    api = "/api"
    openapi = "/openapi.json"
    proposals = "/proposals"
    sign_in = "/sign-in"
    sign_out = "/sign-out"
    query = "/-/query"

    def state(self, code: str) -> str:
        """Return the page of a state, organisation or movement."""
        return f"/states/{_segment(code)}"

    def dyad(self, a: str, b: str, **asked: object) -> str:
        """Return the page of two parties, the lesser code first."""
        first, second = sorted((a, b))
        return self.asking(f"/dyads/{_segment(first)}-{_segment(second)}", **asked)

    def dyad_places(self, a: str, b: str, **asked: object) -> str:
        """Return the places of two parties."""
        return self.asking(f"{self.dyad(a, b)}/places", **asked)

    def dyad_chart(self, a: str, b: str) -> str:
        """Return the chart of two parties as a Vega-Lite specification."""
        return f"{self.dyad(a, b)}/chart.vl.json"

    def chronology(self, party: str, other: str | None = None, year: int | None = None) -> str:
        """Return the events of a party, with another and of a year where given."""
        return self.asking(self.events, **{"party": party, "with": other, "from": year, "to": year})

    def event(self, event_id: str) -> str:
        """Return the page of an event."""
        return f"/events/{_segment(event_id)}"

    def tie(self, tie_id: str) -> str:
        """Return the page of a tie."""
        return f"/ties/{_segment(tie_id)}"

    def document(self, document_id: str, event_id: str | None = None, page: int = 1) -> str:
        """Return the page of a document, at the words of an event where one is given."""
        address = self.asking(f"/documents/{_segment(document_id)}", page=page if page > 1 else None)
        return f"{address}#e-{event_id}" if event_id else address

    def event_type(self, name: str) -> str:
        """Return the codebook's entry for an event type."""
        return f"/codebook/{_segment(name)}"

    def map_on(self, on: datetime.date, of: str | None = None, other: str | None = None) -> str:
        """Return the map of a day, with the relations of a state and its places with an `other`, where given."""
        return self.asking(self.map, **{"on": on, "of": of, "with": other})

    def network_on(self, on: datetime.date) -> str:
        """Return the network of a day."""
        return self.asking(self.network, on=on)

    def suggestion(self, kind: str, subject: str) -> str:
        """Return the form that suggests a correction of an event or a tie (`kind` "event" or "tie")."""
        return f"/{kind}s/{_segment(subject)}/correction"

    def decision(self, judgement_id: str) -> str:
        """Return where a reviewer's decision on a proposal is sent."""
        return f"/proposals/{_segment(judgement_id)}"

    def asset(self, name: str) -> str:
        """Return a static file of the room's own."""
        return f"/static/{name}"

    def flag(self, name: str) -> str:
        """Return the picture of a flag."""
        return f"/static/flags/{name}"

    def twin(self, path: str, form: str, asked: Mapping[str, str] | None = None) -> str:
        """Return the same page in another form: "json", "csv", "bib" or "ris".

        >>> Links().twin("/", "json"), Links().twin("/states/RUS", "csv")
        ('/index.json', '/states/RUS.csv')
        """
        return self.asking(f"{'/index' if path == '/' else path}.{form}", **(asked or {}))

    def asking(self, path: str, /, **asked: object) -> str:
        """Return `path` with what is asked in its query; what is None is left out.

        >>> Links().asking("/events", party="RUS", type=None)
        '/events?party=RUS'
        """
        query = "&".join(f"{name}={_value(str(value))}" for name, value in asked.items() if value is not None)
        return f"{path}?{query}" if query else path


def file_of(address: str) -> str:
    """Return the file that a page is written to in an export.

    >>> file_of("/"), file_of("/states/RUS?page=2"), file_of("/states.json")
    ('index.html', 'states/RUS-page-2.html', 'states.json')
    """
    parts = urlsplit(address)
    path = "/index" if parts.path == "/" else unquote(parts.path)
    page = dict(parse_qsl(parts.query)).get("page")
    stem, ending = next(((path.removesuffix(each), each) for each in TWINS if path.endswith(each)), (path, ".html"))
    name = f"{stem}{f'-page-{page}' if page else ''}{ending}".lstrip("/")
    return re.sub(r'[<>:"|?*\\]', "_", name)


def _segment(text: str) -> str:
    return text if _PLAIN(text.replace(":", "")) else quote(text, safe=":")


def _value(text: str) -> str:
    return text if _PLAIN(text) else quote_plus(text)
