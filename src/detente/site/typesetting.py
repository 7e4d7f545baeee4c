"""Typesetting: the templates of the pages, and the words and figures as they set them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup, escape

from detente.refdata.plover import event_types, quad_classes
from detente.site import naming
from detente.site.borders import outlines
from detente.site.flags import Flag, flag_of
from detente.site.links import Links

__all__ = ["make_templates"]

KEPT_LINKS = 10_000


class _Templates(Environment):
    """Jinja's environment, quicker at the rows of tables: it looks into a mapping before it looks for an attribute."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def make_templates(links: Links, **named: object) -> Environment:
    """Return the templates of the pages with the words that they use; `named` is what else they know by name."""
    environment = _Templates(
        loader=PackageLoader("detente.site"), autoescape=select_autoescape(default=True), trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals.update(
        links=links, flag_of=flag_of, quad_classes=quad_classes(), types=event_types(),
        outlines=outlines, party_name=naming.party_name, party_kind=naming.party_kind, state_of=naming.state_of,
        today=datetime.date.today, **named,
    )  # fmt: skip
    set_party = _party_setter(environment)
    environment.filters.update(
        act=naming.act_words, tie_words=naming.tie_words, tie_days=naming.tie_days, tie_day=naming.tie_day, when=_when,
        number=_number,
        change=_change, name_of=naming.party_name, signed=_signed, years=naming.years_words, day_words=naming.day_words,
        coded=_coded, public=naming.public_address, party=set_party,
        parties=lambda codes, on: Markup(", ").join([set_party(code, on) for code in codes]),
    )  # fmt: skip
    return environment


def _party_setter(environment: Environment) -> Callable[[str, datetime.date | None], Markup]:
    """Return a function that sets a party as it was called on a day, with its flag, as a link to its page."""

    @lru_cache(KEPT_LINKS)
    def set_link(code: str, name: str, flag: Flag | None) -> Markup:
        return Markup(environment.get_template("parts.html").module.party_as(code, name, flag))  # type: ignore[attr-defined]

    def set_party(code: str, on: datetime.date | None = None) -> Markup:
        return set_link(code, naming.party_name(code, on), flag_of(code, on))

    return set_party


def _when(value: Any) -> str:
    """Return the date of an event row, a `BoundedDate` or a day in words."""
    if value is None:
        return "undated"
    if isinstance(value, datetime.date):
        return naming.date_words(value, value)
    if isinstance(value, dict):
        return naming.date_words(value["earliest"], value["latest"])
    return naming.date_words(value.earliest, value.latest)


def _number(value: int) -> str:
    return f"{value:,}"


def _signed(value: float) -> str:
    """Return a score with its sign, to one digit: "+4.0", "−6.7", "0.0"."""
    rounded = round(value, 1)
    return f"{rounded:+.1f}".replace("-", "\u2212") if rounded else "0.0"


def _coded(text: str) -> Markup:
    """Return text with what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _change(value: str) -> str:
    """Return what a correction changes in words: "event type: CONSULT"."""
    change = json.loads(value)
    if "field" in change and "value" in change:
        return f"{change['field']}: {change['value']}"
    said = {name: "; ".join(new) if isinstance(new, list) else new or "none" for name, new in change.items()}
    return "; ".join(f"{name.replace('_', ' ')}: {new}" for name, new in said.items())
