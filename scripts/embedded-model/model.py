"""The decoder of the embedded model: the llama architecture as GGUF has it, with tied embeddings and full multi-head attention."""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

EPSILON = 1e-5
ROPE_BASE = 10_000.0


@dataclass(frozen=True)
class Shape:
    """The sizes of a model; `context` is the longest document in tokens."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    hidden: int
    context: int

    def record(self) -> dict[str, int]:
        return asdict(self)


class Norm(nn.Module):
    """Root-mean-square normalisation of the last dimension."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return F.rms_norm(x, self.weight.shape, self.weight, EPSILON)


class Block(nn.Module):
    """One layer: attention over what came before, then a gated feed-forward network."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attention_norm = Norm(shape.width)
        self.query_key_value = nn.Linear(shape.width, 3 * shape.width, bias=False)
        self.attention_output = nn.Linear(shape.width, shape.width, bias=False)
        self.forward_norm = Norm(shape.width)
        self.gate_up = nn.Linear(shape.width, 2 * shape.hidden, bias=False)
        self.down = nn.Linear(shape.hidden, shape.width, bias=False)

    def forward(self, x: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
        """x: (batch, length, width) -> the same."""
        x = x + self.attention_output(self.attend(self.attention_norm(x), turns))
        gate, up = self.gate_up(self.forward_norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)

    def attend(self, x: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
        """x: (batch, length, width) -> the same."""
        batch, length, width = x.shape
        # (3, batch, heads, length, width / heads)
        query, key, value = self.query_key_value(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        attended = F.scaled_dot_product_attention(rotate(query, turns), rotate(key, turns), value, is_causal=True)
        return attended.transpose(1, 2).reshape(batch, length, width)


def rotate(x: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
    """Turns neighbouring pairs together, as llama.cpp does for this architecture. x: (batch, heads, length, size)."""
    cosine, sine = turns
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), -1).flatten(-2)


class Decoder(nn.Module):
    """Token ids (batch, length) -> logits (batch, length, vocabulary)."""

    cosine: Tensor
    sine: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = Norm(shape.width)
        size = shape.width // shape.heads
        angles = torch.arange(shape.context).float()[:, None] * ROPE_BASE ** (-torch.arange(0, size, 2).float() / size)
        self.register_buffer("cosine", angles.cos(), persistent=False)
        self.register_buffer("sine", angles.sin(), persistent=False)
        self.initialise()

    def initialise(self) -> None:
        """Small normal weights; what adds to the residual stream is smaller still, so that depth does not grow it."""
        for name, parameter in self.named_parameters():
            if parameter.dim() > 1:
                residual = name.endswith(("attention_output.weight", "down.weight"))
                nn.init.normal_(parameter, std=0.03 / math.sqrt(2 * self.shape.layers) if residual else 0.03)

    def forward(self, ids: Tensor) -> Tensor:
        length = ids.shape[1]
        turns = (self.cosine[:length], self.sine[:length])
        x = self.embedding(ids)
        for block in self.blocks:
            x = block(x, turns)
        return F.linear(self.norm(x), self.embedding.weight)
