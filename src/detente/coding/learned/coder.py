"""The learned coder: a small network, trained on documents coded by hand, that runs on any machine without a server."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path

from detente.coding.learned.decode import Draft, draft_events
from detente.coding.learned.language import LanguageWarning, looks_english
from detente.coding.learned.modelfile import ModelFile, default_folder, open_model
from detente.coding.learned.scene import read_scene
from detente.errors import UsageError
from detente.model import Document, Event

__all__ = ["LearnedCoder"]


class LearnedCoder:
    """Codes with a trained model: the one that comes with the package, or one made by `detente train`.

    Events are given above the model's own threshold of worth, that at which F1 on held-out documents was highest.
    `min_confidence` (0 to 1) leaves out those less likely to be right in type and parties. ModelFileError where the
    files are damaged or do not fit.

    >>> LearnedCoder().name
    'learned'
    """

    name = "learned"

    def __init__(self, model_dir: str | Path | None = None, min_confidence: float = 0.0) -> None:
        if not 0 <= min_confidence <= 1:
            raise UsageError(f"minimum confidence {min_confidence} is not between 0 and 1")
        self._model: ModelFile = open_model(Path(model_dir) if model_dir is not None else default_folder())
        self._least = min_confidence
        self.version = self._model.version

    def code(self, document: Document) -> list[Event]:
        """Return the events `document` tells of, in the order of their triggers.

        A document in another language than English gives none, and a LanguageWarning.
        """
        if not document.sentences:
            return []
        if not looks_english(document.text):
            told = f"{document.name}: does not read as English: no events coded"
            warnings.warn(told, LanguageWarning, stacklevel=2)
            return []
        scene = read_scene(document, self._model.tokenizer)
        drafts = draft_events(scene, self._model.graphs, self._model.labels, self._model.floor)
        return self._keep(document, drafts)

    def _keep(self, document: Document, drafts: Sequence[Draft]) -> list[Event]:
        events: dict[str, Event] = {}
        for draft in drafts:
            confidence, worth = self._model.scale.weigh(draft)
            if confidence >= self._least and worth >= self._model.threshold:
                event = self._make_event(document, draft, confidence)
                events.setdefault(event.id, event)
        return list(events.values())

    def _make_event(self, document: Document, draft: Draft, confidence: float) -> Event:
        sentence = document.sentences[draft.sentence]
        return Event(
            document_id=document.id,
            sentence=draft.sentence,
            quote=document.span(sentence.start, sentence.end),
            trigger=draft.trigger,
            event_type=draft.event_type,
            actors=draft.actors,
            recipients=draft.recipients,
            mode=draft.mode,
            status=draft.status,
            when=draft.window.when,
            date_text=draft.window.words,
            place=draft.place,
            content=draft.content,
            confidence=round(confidence, 4),
            coder=self.name,
            coder_version=self.version,
        )
