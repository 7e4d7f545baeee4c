"""The files of a model: a manifest that says what they are, the two graphs and the tokenizer; checked when opened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from detente.coding.learned.calibration import Scale
from detente.coding.learned.decode import Labels
from detente.errors import ModelFileError

__all__ = ["FORMAT", "LINKED", "Graphs", "ModelFile", "default_folder", "fingerprint", "open_graphs", "open_model"]

FORMAT = 2
MANIFEST = "manifest.json"
READER, LINKER, TOKENIZER = "reader.onnx", "linker.onnx", "tokenizer.json"
LINKED = ("types", "modes", "status", "unary", "same", "across", "shape", "stretch", "date")
"""The linker's outputs, in order."""


@dataclass(frozen=True, slots=True)
class Graphs:
    """The two graphs of a model, ready to run: a `decode.Network`."""

    reader: onnxruntime.InferenceSession
    linker: onnxruntime.InferenceSession

    def read(self, batch: Mapping[str, npt.NDArray[Any]]) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Return the vectors [B, T, size] and tags [B, T, 5] of a batch of windows."""
        vectors, tags = self.reader.run(None, dict(batch))
        return vectors, tags

    def link(
        self, vectors: npt.NDArray[np.float32], batch: Mapping[str, npt.NDArray[Any]]
    ) -> dict[str, npt.NDArray[np.float32]]:
        """Return the linker's scores by name."""
        return dict(zip(LINKED, self.linker.run(None, {"vectors": vectors, **batch}), strict=True))


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model ready to run: its graphs with their labels, tokenizer, calibration and thresholds."""

    version: str
    labels: Labels
    quads: Mapping[str, int]
    floor: float
    threshold: float
    scale: Scale
    tokenizer: Tokenizer
    graphs: Graphs


def default_folder() -> Path:
    """Return the folder of the model that comes with the package."""
    return Path(str(files("detente.coding").joinpath("data/learned")))


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_model(folder: Path) -> ModelFile:
    """Return the model in `folder`.

    ModelFileError, one line that names the file, where one is missing, is not what the manifest says, or is of a
    format this version does not read.
    """
    manifest = _read_manifest(folder)
    for name, known in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise ModelFileError(f"{path}: is missing (the manifest lists it)")
        if fingerprint(path) != known:
            raise ModelFileError(f"{path}: is damaged or of another model (its SHA-256 is not the manifest's)")
    try:
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        # The packaged tokenizer pads every text to 128 pieces and cuts it there.
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return ModelFile(
            version=manifest["version"],
            labels=Labels(tuple(manifest["types"]), tuple((name, mode) for name, mode in manifest["modes"])),
            quads=manifest["types"],
            floor=manifest["floor"],
            threshold=manifest["threshold"],
            scale=Scale.from_table(manifest["calibration"]),
            tokenizer=tokenizer,
            graphs=open_graphs(folder),
        )
    except ModelFileError:
        raise
    except Exception as error:  # the runtimes raise bare exceptions of many kinds on bad files
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelFileError(f"{folder}: cannot be opened as a model: {first}") from error


def open_graphs(folder: Path) -> Graphs:
    """Return the graphs in `folder`, unchecked: whatever the runtime raises where one is missing or damaged."""
    return Graphs(_start(folder / READER), _start(folder / LINKER))


def _read_manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ModelFileError(f"{path}: is missing (expected a folder made by `detente train`)") from None
    except (OSError, ValueError) as error:
        raise ModelFileError(f"{path}: is not a manifest: {error}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        found = manifest.get("format") if isinstance(manifest, dict) else None
        raise ModelFileError(f"{path}: format {found!r} is not one this version reads (expected {FORMAT})")
    needed = {"version", "files", "types", "modes", "floor", "threshold", "calibration"}
    missing = needed - manifest.keys() | {READER, LINKER, TOKENIZER} - manifest.get("files", {}).keys()
    if missing:
        raise ModelFileError(f"{path}: says nothing of {', '.join(sorted(missing))}")
    return manifest


def _start(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    # Waiting threads that spin slow everything down on a machine that is busy with something else.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
