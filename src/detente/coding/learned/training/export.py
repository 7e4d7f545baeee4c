"""Write a trained network as the files of a model: two ONNX graphs, the tokenizer and a manifest."""

from __future__ import annotations

import json
import shutil
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from detente.coding.learned import dating
from detente.coding.learned.modelfile import FORMAT, LINKED, LINKER, MANIFEST, READER, TOKENIZER, fingerprint
from detente.coding.learned.parties import FEATURES, PLACES
from detente.coding.learned.sides import WIDTH
from detente.coding.learned.training.learn import Model

__all__ = ["write_graphs", "write_model"]

OPSET = 17


def write_model(model: Model, folder: Path, tokenizer: Path, facts: Mapping[str, Any], *, small: bool = True) -> None:
    """Write `model` into `folder` (made if need be): graphs, a copy of `tokenizer`, and a manifest holding `facts`.

    `small` keeps the encoder's weights as 8-bit integers. The folder is complete or untouched.
    """
    with tempfile.TemporaryDirectory() as name:
        draft = Path(name)
        write_graphs(model, draft, small=small)
        (draft / TOKENIZER).write_text(_plain_tokenizer(tokenizer), encoding="utf-8")
        files = {path.name: fingerprint(path) for path in sorted(draft.iterdir())}
        manifest = {"format": FORMAT, **facts, "files": files}
        (draft / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(draft.iterdir()):
            shutil.copyfile(path, folder / path.name)


def write_graphs(model: Model, folder: Path, *, small: bool = True) -> None:
    """Write the two graphs of `model` into `folder`; `small` keeps the encoder's weights as 8-bit integers."""
    _write_reader(model.reader.eval(), folder / READER, small)
    _write_linker(model.linker.eval(), model.sizes.vector, folder / LINKER)


def _plain_tokenizer(path: Path) -> str:
    """Return the tokenizer without the padding and cutting to 128 pieces that its package sets."""
    held = json.loads(path.read_text(encoding="utf-8"))
    return json.dumps({**held, "padding": None, "truncation": None}, ensure_ascii=False)


def _write_reader(reader: nn.Module, path: Path, small: bool) -> None:
    whole = path.with_suffix(".whole") if small else path
    pieces = torch.ones(2, 7, dtype=torch.int64)
    axes = {0: "windows", 1: "pieces"}
    names = ("ids", "mask", "slots", "kinds")
    _export(reader, (pieces,) * 4, whole, names, ("vectors", "tags"), dict.fromkeys((*names, "vectors", "tags"), axes))
    if small:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            whole, path, weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"], nodes_to_exclude=_keep_whole(whole),
        )  # fmt: skip
        whole.unlink()


def _keep_whole(path: Path) -> list[str]:
    """Return the names of nodes that lose more by rounding than they save: the tags."""
    import onnx

    graph = onnx.load(str(path)).graph
    return [node.name for node in graph.node if node.op_type == "MatMul" and "/tags/" in node.name]


def _write_linker(linker: nn.Module, size: int, path: Path) -> None:
    n, d, w = 2, 3, 5
    given: dict[str, Tensor] = {
        "vectors": torch.randn(9, size),
        "triggers": torch.ones(n, 2, dtype=torch.int64),
        "mentions": torch.ones(n, WIDTH, PLACES, 2, dtype=torch.int64),
        "features": torch.zeros(n, WIDTH, PLACES, len(FEATURES), dtype=torch.int64),
        "present": torch.ones(n, WIDTH, PLACES, dtype=torch.int64),
        "links": torch.zeros(n, WIDTH, WIDTH, dtype=torch.int64),
        "words": torch.ones(n, w, dtype=torch.int64),
        "phrases": torch.ones(n, d, 2, dtype=torch.int64),
        "date_features": torch.zeros(n, d, len(dating.FEATURES), dtype=torch.int64),
    }
    axes: dict[str, dict[int, str]] = {name: {0: "triggers"} for name in (*given, *LINKED)}
    axes["vectors"] = {0: "pieces"}
    axes["words"] = {0: "triggers", 1: "words"}
    axes["phrases"] = axes["date_features"] = axes["date"] = {0: "triggers", 1: "dates"}
    axes["stretch"] = {0: "triggers", 2: "words"}
    _export(linker, tuple(given.values()), path, tuple(given), LINKED, axes)


def _export(
    module: nn.Module,
    given: tuple[Tensor, ...],
    path: Path,
    inputs: tuple[str, ...],
    outputs: tuple[str, ...],
    axes: Mapping[str, Mapping[int, str]],
) -> None:
    with warnings.catch_warnings():
        # The tracing exporter is the one that needs no further package; it warns that it is the older one.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module, given, str(path), input_names=list(inputs), output_names=list(outputs),
            dynamic_axes=dict(axes), opset_version=OPSET, dynamo=False,
        )  # fmt: skip
