"""The corpus as token ids, and the order in which training reads it."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from tokenizer import Tokenizer

STRIDE = 16
POOL = 16_384
VALIDATION_SHARE = 100


@dataclass(frozen=True)
class Documents:
    """Documents of one kind, one behind the other: document i is `tokens[offsets[i] : offsets[i + 1]]`."""

    tokens: Tensor
    offsets: Tensor

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, at: int) -> Tensor:
        return self.tokens[self.offsets[at] : self.offsets[at + 1]]

    def lengths(self) -> list[int]:
        return self.offsets.diff().tolist()


@dataclass(frozen=True)
class Corpus:
    """What is trained on, and what is only measured: `validation` has a key for each form."""

    digest: str
    training: Documents
    validation: dict[str, Documents]
    too_long: int


def digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def read_texts(path: Path) -> Iterator[str]:
    """The texts of all documents; a tokenizer learns from them."""
    with path.open() as lines:
        for line in lines:
            yield from (text for _, text in json.loads(line)["sections"] if text)


def is_measured(line: bytes) -> bool:
    """Every hundredth document is kept for measuring, chosen by its own bytes, so that a grown corpus keeps the same ones."""
    return zlib.crc32(line) % VALIDATION_SHARE == 0


def read_corpus(path: Path, tokenizer: Tokenizer, context: int) -> Corpus:
    parts: dict[str, list[list[int]]] = {}
    too_long = 0
    with path.open("rb") as lines:
        for line in lines:
            document = json.loads(line)
            ids = tokenizer.encode_document(document["sections"])
            if len(ids) > context:
                too_long += 1
                continue
            parts.setdefault(document["form"] if is_measured(line) else "", []).append(ids)
    training = pack(parts.pop(""))
    return Corpus(digest_file(path), training, {name: pack(parts[name]) for name in sorted(parts)}, too_long)


def pack(documents: list[list[int]]) -> Documents:
    offsets = torch.tensor([0, *map(len, documents)]).cumsum(0)
    return Documents(torch.tensor([token for ids in documents for token in ids], dtype=torch.int16), offsets)


def load_corpus(path: Path, tokenizer: Tokenizer, context: int) -> Corpus:
    """The corpus from beside its file, where it was written as ids before, or read and written there."""
    kept = path.with_suffix(f".{digest_file(path)[7:19]}.{tokenizer.digest()[:8]}.pt")
    if kept.exists():
        return torch.load(kept, weights_only=False)
    corpus = read_corpus(path, tokenizer, context)
    torch.save(corpus, kept)
    return corpus


def pad(documents: Documents, chosen: list[int], padding: int) -> Tensor:
    """(batch, length + 1), where length is the next multiple of the stride: few shapes, and each of them is fast when it comes again."""
    longest = max(len(documents[at]) - 1 for at in chosen)
    ids = torch.full((len(chosen), -(-longest // STRIDE) * STRIDE + 1), padding, dtype=torch.long)
    for row, at in enumerate(chosen):
        ids[row, : len(documents[at])] = documents[at]
    return ids


def epoch(documents: Documents, batch_tokens: int, seed: int) -> list[list[int]]:
    """Batches of documents of like length, `batch_tokens` each with their padding; the same for the same seed."""
    random = torch.Generator().manual_seed(seed)
    lengths = documents.lengths()
    order = torch.randperm(len(documents), generator=random).tolist()
    waiting: dict[int, list[int]] = {}
    batches: list[list[int]] = []
    for start in range(0, len(order), POOL):
        full: list[list[int]] = []
        for at in order[start : start + POOL]:
            length = -(-(lengths[at] - 1) // STRIDE) * STRIDE
            batch = waiting.setdefault(length, [])
            batch.append(at)
            if len(batch) == max(1, batch_tokens // length):
                full.append(waiting.pop(length))
        batches += [full[at] for at in torch.randperm(len(full), generator=random).tolist()]
    return batches
