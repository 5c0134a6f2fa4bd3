"""The trained network as the one file that ships: encoder and projections to ONNX, int8, forms beside it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from kg.language.archive import Labels, Model, write_model
from kg.language.features import CHARACTERS_PER_WORD

if TYPE_CHECKING:
    from kg.language.training.network import Network
    from kg.language.training.train import State

_INPUTS = ("pieces", "attention", "owner", "characters", "spaces")


class Exported(nn.Module):
    """The network with its outputs side by side: all tag logits, and all sides of the forms."""

    def __init__(self, network: Network, labels: Labels) -> None:
        super().__init__()
        self.network, self.labels = network, labels

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """Tags (B, W, all labels) and sides (B, W, all widths)."""
        outputs = self.network(*inputs)
        tags = torch.cat([outputs[head] for head in self.labels.tags], 2)
        return tags, torch.cat([outputs[side] for side in self.labels.sides], 2)


def labels_of(state: State) -> Labels:
    """Labels and widths in the order of the outputs."""
    widths = {name: layer.out_features for name, layer in state.network.heads.sides.items()}
    return Labels(state.inventory.tags, state.inventory.relations, state.inventory.edges, widths)  # type: ignore[arg-type]


def _example() -> tuple[Tensor, ...]:
    """Two texts of six pieces and three words."""
    owner = torch.tensor([[0, 1, 1, 2, 3, 0]] * 2)
    characters = torch.ones(2, 3, CHARACTERS_PER_WORD, dtype=torch.int64)
    return (
        torch.full((2, 6), 1),
        torch.ones(2, 6, dtype=torch.int64),
        owner,
        characters,
        torch.ones_like(owner[:, :3]),
    )


def _to_onnx(network: Exported, path: Path) -> None:
    piece_axes, word_axes = {0: "texts", 1: "pieces"}, {0: "texts", 1: "words"}
    axes = dict.fromkeys(_INPUTS[:3], piece_axes) | dict.fromkeys((*_INPUTS[3:], "tags", "sides"), word_axes)
    torch.onnx.export(
        network, _example(), str(path), input_names=list(_INPUTS), output_names=["tags", "sides"],
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def export(state: State, out: Path) -> None:
    """Write the model file; weights of the matrix products and of the word embeddings become int8."""
    state.network.eval()
    labels = labels_of(state)
    with tempfile.TemporaryDirectory() as folder:
        plain, prepared, small = (Path(folder) / f"{name}.onnx" for name in ("plain", "prepared", "small"))
        _to_onnx(Exported(state.network, labels), plain)
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared), str(small), weight_type=QuantType.QInt8, per_channel=True,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        )  # fmt: skip
        encoder = onnx.load(small).SerializeToString()
    forms = {name: form.weight.detach().numpy() for name, form in state.network.forms.items()}
    forms["distance"] = state.network.distance.detach().numpy()
    tokenizer = (state.pretrained / "tokenizer.json").read_text("utf8")
    write_model(Model(encoder, tokenizer, labels, forms), out)  # type: ignore[arg-type]
