"""Confidences: fitted so that they mean what they say, and cut where F1 is highest."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")

from detente.coding.learned.calibration import Calibration, Scale, describe_draft
from detente.coding.learned.dating import DateWindow
from detente.coding.learned.decode import Draft
from detente.coding.learned.training.annotations import CodedEvent
from detente.coding.learned.training.calibrate import (
    Judged,
    calibration_error,
    find_threshold,
    fit_calibration,
    fit_scale,
    judge_drafts,
)
from detente.model import Party, Span

TYPES = ("CONSULT", "ASSAULT")


def make_draft(chance: float, event_type: str = "CONSULT", sentence: int = 0) -> Draft:
    evidence = (chance, 0.8, 0.1, chance, 0.1, 0.9, 0.9, 0.5)
    sides = (Party("USA", Span(0, 1, "A")),), (Party("RUS", None),)
    trigger = Span(0, 3, "met")
    return Draft(sentence, trigger, event_type, None, "actual", *sides, DateWindow(0, None, None), None, None, evidence)


def test_confidences_fit_the_share_that_is_right() -> None:
    random = np.random.default_rng(7)
    chances = random.uniform(0.05, 0.95, 3000)
    judged = [Judged(make_draft(c), bool(random.random() < c * c)) for c in chances]
    calibration = fit_calibration(judged, TYPES)
    confidences = np.array([calibration.confidence(j.draft) for j in judged])
    right = np.array([j.right for j in judged])
    assert ((confidences >= 0) & (confidences <= 1)).all()
    assert calibration_error(confidences, right) < 0.03
    raw = np.array([j.draft.evidence[0] for j in judged])
    assert calibration_error(raw, right) > 0.1


def test_a_type_that_is_often_wrong_is_trusted_less() -> None:
    judged = [Judged(make_draft(0.7), True)] * 60 + [Judged(make_draft(0.7, "ASSAULT"), False)] * 60
    calibration = fit_calibration(judged, TYPES)
    assert calibration.confidence(make_draft(0.7)) > calibration.confidence(make_draft(0.7, "ASSAULT"))


def test_a_calibration_comes_back_from_its_table() -> None:
    calibration = Calibration(0.5, (0.1,) * len(describe_draft(make_draft(0.5))), {"CONSULT": -0.2})
    again = Calibration.from_table(calibration.to_table())
    assert again.confidence(make_draft(0.4)) == calibration.confidence(make_draft(0.4))


@pytest.mark.parametrize(
    ("confidences", "right", "coded", "expected"),
    [
        ([0.9, 0.8, 0.2], [True, True, False], 2, 0.8),
        ([0.9, 0.8, 0.2], [True, False, True], 3, 0.2),
        ([0.9, 0.1], [True, False], 9, 0.9),
        ([0.9, 0.1], [0.4, 0.9], 1, 0.1),
    ],
)
def test_the_threshold_is_where_f1_is_highest(
    confidences: list[float], right: list[float], coded: int, expected: float
) -> None:
    assert find_threshold(np.array(confidences), np.array(right), coded) == expected


def test_an_act_with_other_parties_is_worth_a_third() -> None:
    line = {"sentence": 0, "type": "CONSULT", "actors": ["FRN"], "recipients": ["UKG"], "trigger": "met"}
    (judged,) = judge_drafts([make_draft(0.6)], [CodedEvent(0, 0, 3, line)])
    assert (judged.right, judged.act_right, judged.worth) == (False, True, pytest.approx(1 / 3))


def test_a_scale_comes_back_from_its_table_and_weighs_both() -> None:
    judged = [Judged(make_draft(c / 100), c > 60, c > 30) for c in range(5, 95)]
    scale = fit_scale(judged, TYPES)
    draft = make_draft(0.5)
    assert scale.weigh(draft)[0] < scale.worth(draft) < scale.acts.confidence(draft)
    assert Scale.from_table(scale.to_table()).worth(draft) == scale.worth(draft)


def test_of_two_drafts_alike_one_is_right() -> None:
    line = {"sentence": 0, "type": "CONSULT", "actors": ["USA"], "recipients": ["RUS"], "trigger": "met"}
    judged = judge_drafts([make_draft(0.6), make_draft(0.9), make_draft(0.9, sentence=1)], [CodedEvent(0, 0, 3, line)])
    assert [(j.right, j.act_right) for j in judged] == [(True, True), (False, False), (False, False)]
    assert judged[0].draft.evidence[0] == 0.9
