"""Events and ties for the pictures of the gallery, in our own words: story enough to show what each measure says."""

from __future__ import annotations

import datetime

import numpy as np
import pyarrow as pa

from detente.model import BoundedDate, Span, Tie, TieMoment, TieParty
from tests.measure.conftest import act, make_table

__all__ = ["EVENTS", "EXCHANGE", "PROPENSITIES", "SIZES", "TIES"]

_CHRONOLOGY = [
    ("SANCTION", "RUS", "CHN", "1959-06-01", "1960-12-31", "Moscow calls its advisers home."),
    ("REJECT", "RUS", "CHN", "1959-01-01", "1960-12-31", "Moscow goes back on a promise of arms."),
    ("ACCUSE", "RUS CHN", "", "1960-01-01", "1960-12-31", "Each charges the other with betraying the doctrine."),
    ("PROTEST", "CHN", "RUS", "1967-01-01", "1967-02-28", "Crowds besiege the embassy in Peking."),
    ("SANCTION", "RUS", "CHN", "1967-02-01", "1967-02-28", "Families of diplomats are flown out."),
    ("ASSAULT", "RUS CHN", "", "1968-06-01", "1969-12-31", "Patrols fight on the frozen river."),
    ("ASSAULT", "CHN RUS", "", "1969-03-02", "1969-03-15", "Shots are exchanged over an island."),
    ("ACCUSE", "CHN", "RUS", "1977-01-01", "1977-06-30", "The press of both sides takes up the quarrel again."),
    ("ACCUSE", "CHN", "RUS", "1977-08-01", "1977-08-31", "Peking names Moscow the greater danger."),
    ("SUPPORT", "CHN JPN", "", "1978-08-01", "1978-08-31", "China and Japan sign a treaty of peace."),
    (
        "ACCUSE",
        "CHN JPN",
        "RUS",
        "1978-08-01",
        "1978-08-31",
        "The treaty has a clause that Moscow takes as meant for it.",
    ),
    ("SUPPORT", "CHN USA", "", "1978-12-01", "1978-12-31", "Washington and Peking announce full ties."),
    ("ASSAULT", "DRV", "CAM", "1978-12-01", "1979-01-31", "Vietnam marches into Cambodia."),
    ("ASSAULT", "CHN", "DRV", "1979-02-17", "1979-03-16", "China strikes across Vietnam's border."),
    ("ACCUSE", "RUS", "CHN", "1979-02-18", "1979-03-31", "Moscow condemns the strike."),
    ("AID", "RUS", "DRV", "1979-02-01", "1979-12-31", "More Soviet arms reach Vietnam."),
    ("REJECT", "CHN", "RUS", "1979-04-03", "1979-04-03", "Peking says that it will let the old alliance lapse."),
    ("AGREE", "CHN", "RUS", "1979-04-03", "1979-04-30", "Peking offers talks all the same."),
    ("CONSULT", "RUS CHN", "", "1979-09-20", "1979-11-30", "Talks begin."),
    ("REQUEST", "CHN", "RUS", "1979-10-01", "1979-12-31", "Peking wants troops moved back from the border."),
    ("ASSAULT", "RUS", "AFG", "1979-12-24", "1979-12-31", "Soviet troops enter Afghanistan."),
    ("SANCTION", "CHN", "RUS", "1980-01-19", "1980-01-20", "Peking breaks off the talks."),
    ("REQUEST", "CHN", "RUS", "1980-02-01", "1980-12-31", "Peking adds Afghanistan to its demands."),
    ("SUPPORT", "RUS", "CHN", "1982-03-24", "1982-03-24", "A speech in Tashkent holds out a hand."),
    ("CONSULT", "RUS CHN", "", "1982-10-05", "1982-10-21", "Consultations resume."),
    ("CONSULT", "RUS CHN", "", "1985-03-13", "1985-03-14", "The new man in Moscow receives China's envoy."),
    ("AGREE", "RUS CHN", "", "1985-07-10", "1985-07-10", "A trade agreement for five years."),
    ("CONCEDE", "RUS", "CHN", "1986-07-28", "1986-07-28", "Vladivostok: regiments are to leave Mongolia."),
    ("AGREE", "RUS", "CHN", "1986-07-28", "1986-07-28", "Vladivostok: the river border may follow the channel."),
    ("CONSULT", "RUS CHN", "", "1987-02-09", "1987-02-23", "Border talks at last take up the map."),
    ("RETREAT", "RUS", "CHN", "1987-04-15", "1987-06-30", "A division leaves Mongolia."),
    ("AGREE", "RUS", "CHN", "1988-01-01", "1988-12-31", "Moscow proposes a summit."),
    ("CONSULT", "RUS CHN", "", "1988-12-01", "1988-12-03", "Foreign ministers meet in Moscow."),
    ("CONSULT", "RUS CHN", "", "1989-05-15", "1989-05-18", "The summit is held in Peking."),
]

EVENTS: pa.Table = make_table(
    [
        act(kind, actors, recipients, first, last, quote=said, trigger=said.rstrip("."))
        for kind, actors, recipients, first, last, said in _CHRONOLOGY
    ]
)


def _tie(kind: str, name: str, parties: str, outcome: str, first: str | None, last: str | None) -> Tie:
    moments = []
    for change, day in (("opened", first), ("closed", last)):
        if day:
            when = BoundedDate.day(datetime.date.fromisoformat(day))
            moments.append(TieMoment(change, outcome, when, "gallery", 0, Span(0, len(name), name)))
    if not moments:
        moments.append(TieMoment("changed", outcome, None, "gallery", 0, Span(0, len(name), name)))
    roles = [code.partition(":") for code in parties.split()]
    return Tie(kind, name, tuple(TieParty(c, r or "member") for c, _, r in roles), tuple(moments), outcome=outcome)


TIES: list[Tie] = [
    _tie("alliance", "treaty of friendship and alliance", "RUS CHN", "lapsed", "1950-02-14", "1980-04-11"),
    _tie("dispute", "the border", "RUS CHN", "open", None, None),
    _tie("talks", "talks on better relations", "RUS CHN", "broken off", "1979-09-20", "1980-01-19"),
    _tie("demand", "troops back from the border", "CHN:demander RUS:addressee", "partly met", "1979-10-01", None),
    _tie("alliance", "treaty with Vietnam", "RUS DRV", "in force", "1978-11-03", None),
    _tie("alliance", "China and Cambodia", "CHN CAM", "in force", None, None),
]


def _exchange() -> pa.Table:
    """Two powers, month by month: one goes its own way, the other answers a month later, in kind."""
    random = np.random.default_rng(3)
    rows, mood, before = [], 0.0, 0.0
    for month in range(300):
        day = f"{1950 + month // 12}-{month % 12 + 1:02d}-15"
        mood = 0.6 * mood + random.normal(scale=2.5)
        back = 0.55 * before + random.normal(scale=2.0)
        for actor, other, score in (("USA", "RUS", back), ("RUS", "USA", mood)):
            rows.append(act("CONSULT", actor, other, day, score=float(np.clip(score, -10, 10))))
        before = mood
    return make_table(rows)


EXCHANGE: pa.Table = _exchange()

SIZES = {"Aland": 40.0, "Boria": 35.0, "Cesta": 12.0, "Dorne": 20.0, "Elva": 6.0, "Faro": 3.0}
PROPENSITIES = {
    ("Aland", "Boria"): -2, ("Aland", "Cesta"): 1, ("Aland", "Dorne"): -1, ("Aland", "Elva"): 2, ("Aland", "Faro"): 0,
    ("Boria", "Cesta"): 1, ("Boria", "Dorne"): 2, ("Boria", "Elva"): -1, ("Boria", "Faro"): 0, ("Cesta", "Dorne"): -1,
    ("Cesta", "Elva"): 1, ("Cesta", "Faro"): 1, ("Dorne", "Elva"): -1, ("Dorne", "Faro"): 1, ("Elva", "Faro"): -1,
}  # fmt: skip
