"""Log-probabilities of the embedded model computed without llama.cpp, for a test to compare the driver with.

    python vectors.py RUN/checkpoint.pt corpus.jsonl > vectors.json

The weights are those of the checkpoint rounded to 16 bits, as they are shipped; everything else is computed in 32. The documents are some
that training only measured, as many of each form. What stands in the last section is scored given what stands before.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import torch

from data import is_measured
from model import Decoder, Shape
from tokenizer import Section, Tokenizer

DOCUMENTS = 200
LONGEST_CONTINUATION = 400


def load(checkpoint: Path) -> tuple[Decoder, Tokenizer]:
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    model = Decoder(Shape(**state["shape"]))
    model.load_state_dict({name: tensor if tensor.dim() == 1 else tensor.half().float() for name, tensor in state["weights"].items()})
    return model, Tokenizer([(first, second) for first, second in state["merges"]])


def chosen(corpus: Path) -> Iterator[list[Section]]:
    """Forms in turn, until there are enough; forms with few documents are then left out."""
    waiting: defaultdict[str, list[list[Section]]] = defaultdict(list)
    with corpus.open("rb") as lines:
        for line in lines:
            if is_measured(line):
                document = json.loads(line)
                sections = [(tag, text) for tag, text in document["sections"]]
                if len(sections[-1][1]) <= LONGEST_CONTINUATION:
                    waiting[document["form"]].append(sections)
    for rank in range(DOCUMENTS):
        for form in sorted(waiting):
            if rank < len(waiting[form]):
                yield waiting[form][rank]


@torch.no_grad()
def log_probabilities(model: Decoder, before: list[int], continuation: list[int]) -> list[float]:
    values = model(torch.tensor([[*before, *continuation]])).log_softmax(-1)[0]
    return [round(values[len(before) + at - 1, token].item(), 4) for at, token in enumerate(continuation)]


def vector(model: Decoder, tokenizer: Tokenizer, sections: list[Section]) -> dict[str, object]:
    *before, (tag, continuation) = sections
    given = [*before, (tag, "")]
    values = log_probabilities(model, tokenizer.encode_sections(given), tokenizer.encode(continuation))
    return {"sections": given, "continuation": continuation, "logProbabilities": values}


def main() -> None:
    # Documents are short: threads would wait for each other more than they work.
    torch.set_num_threads(1)
    checkpoint, corpus = map(Path, sys.argv[1:3])
    model, tokenizer = load(checkpoint)
    documents = [vector(model, tokenizer, sections) for sections, _ in zip(chosen(corpus), range(DOCUMENTS))]
    print("[\n" + ",\n".join(json.dumps(document, ensure_ascii=False) for document in documents) + "\n]")


if __name__ == "__main__":
    main()
