"""Writes a checkpoint as a GGUF file, version 3: matrices in 16 bits, norms in 32.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import struct
from pathlib import Path

import torch
from torch import Tensor

from model import EPSILON, ROPE_BASE, Shape
from tokenizer import CONTROLS, END, PAD, Tokenizer

ALIGNMENT = 32
VERSION = 3
UINT32, FLOAT32, BOOL, STRING, ARRAY, INT32 = 4, 6, 7, 8, 9, 5
NORMAL_TOKEN, CONTROL_TOKEN = 1, 3
TENSOR_TYPES = {torch.float32: 0, torch.float16: 1}
MOSTLY_F16 = 1

Value = str | bool | int | float | list[str] | list[int]


def text(value: str) -> bytes:
    raw = value.encode()
    return struct.pack("<Q", len(raw)) + raw


def typed(value: Value) -> bytes:
    """The number of the value's type, and the value."""
    match value:
        case str():
            return struct.pack("<I", STRING) + text(value)
        case bool():
            return struct.pack("<I?", BOOL, value)
        case int():
            return struct.pack("<II", UINT32, value)
        case float():
            return struct.pack("<If", FLOAT32, value)
        case [str(), *_]:
            return struct.pack("<IIQ", ARRAY, STRING, len(value)) + b"".join(map(text, value))
        case _:
            return struct.pack(f"<IIQ{len(value)}i", ARRAY, INT32, len(value), *value)


def metadata(shape: Shape, tokenizer: Tokenizer) -> dict[str, Value]:
    return {
        "general.architecture": "llama",
        "general.type": "model",
        "general.name": "Countersign demonstration model",
        "general.description": "Knows a few dozen kinds of small programs, for demonstrations and tests. No evidence that a method works.",
        "general.license": "apache-2.0",
        "general.file_type": MOSTLY_F16,
        "general.alignment": ALIGNMENT,
        "llama.vocab_size": shape.vocabulary,
        "llama.context_length": shape.context,
        "llama.embedding_length": shape.width,
        "llama.block_count": shape.layers,
        "llama.feed_forward_length": shape.hidden,
        "llama.attention.head_count": shape.heads,
        "llama.attention.head_count_kv": shape.heads,
        "llama.attention.layer_norm_rms_epsilon": EPSILON,
        "llama.rope.dimension_count": shape.width // shape.heads,
        "llama.rope.freq_base": ROPE_BASE,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "trillion",
        "tokenizer.ggml.tokens": tokenizer.tokens,
        "tokenizer.ggml.token_type": [CONTROL_TOKEN if token in CONTROLS else NORMAL_TOKEN for token in tokenizer.tokens],
        "tokenizer.ggml.merges": [f"{first} {second}" for first, second in tokenizer.merges],
        "tokenizer.ggml.bos_token_id": tokenizer.ids[END],
        "tokenizer.ggml.eos_token_id": tokenizer.ids[END],
        "tokenizer.ggml.padding_token_id": tokenizer.ids[PAD],
        "tokenizer.ggml.add_bos_token": False,
        "tokenizer.ggml.add_space_prefix": False,
    }


def tensors(weights: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """The weights by the names that GGUF has for them; the output shares the embedding's."""
    named = {"token_embd": weights["embedding.weight"], "output_norm": weights["norm.weight"]}
    for layer in range(layers):
        own = {name.removeprefix(f"blocks.{layer}.").removesuffix(".weight"): tensor for name, tensor in weights.items()}
        query, key, value = own["query_key_value"].chunk(3)
        gate, up = own["gate_up"].chunk(2)
        parts = {
            "attn_norm": own["attention_norm"],
            "attn_q": query,
            "attn_k": key,
            "attn_v": value,
            "attn_output": own["attention_output"],
            "ffn_norm": own["forward_norm"],
            "ffn_gate": gate,
            "ffn_up": up,
            "ffn_down": own["down"],
        }
        named |= {f"blk.{layer}.{name}": tensor for name, tensor in parts.items()}
    return {f"{name}.weight": tensor.float() if tensor.dim() == 1 else tensor.half() for name, tensor in named.items()}


def aligned(raw: bytes) -> bytes:
    return raw + b"\0" * (-len(raw) % ALIGNMENT)


def encode(fields: dict[str, Value], named: dict[str, Tensor]) -> bytes:
    infos, data = b"", b""
    for name, tensor in named.items():
        sizes = tensor.shape[::-1]
        infos += text(name) + struct.pack(f"<I{len(sizes)}QIQ", len(sizes), *sizes, TENSOR_TYPES[tensor.dtype], len(data))
        data += aligned(bytes(tensor.contiguous().flatten().view(torch.uint8).tolist()))
    head = b"GGUF" + struct.pack("<IQQ", VERSION, len(named), len(fields))
    return aligned(head + b"".join(text(key) + typed(value) for key, value in fields.items()) + infos) + data


def export(checkpoint: Path, target: Path) -> None:
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    shape = Shape(**state["shape"])
    tokenizer = Tokenizer([(first, second) for first, second in state["merges"]])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(encode(metadata(shape, tokenizer), tensors(state["weights"], shape.layers)))
