"""Trains the embedded model, on a processor or a graphics card, and can be stopped and resumed at any time.

    python train.py --corpus corpus.jsonl --run RUN --budget-minutes 90
    torchrun --nproc-per-node 2 train.py --threads 1 --corpus corpus.jsonl --run RUN --budget-minutes 90
    python train.py --export RUN/checkpoint.pt ../../models/embedded.gguf

Several processes with a thread each share their gradients, and are faster than one with several threads: a model as small as this is soon waiting.
Where RUN has a checkpoint, training goes on from it, on whatever the corpus is now. With `--init CHECKPOINT` a new run begins with the weights and
the tokenizer of another one.

RUN/log.jsonl has a line for each measurement. The same corpus, seed and number of steps give the same weights on the same machine.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
import torch.distributed as distributed
import torch.nn.functional as F
from torch import Tensor
from torch.optim import AdamW

from data import Corpus, Documents, digest_file, epoch, load_corpus, pad, read_texts
from gguf import export
from model import Decoder, Shape
from tokenizer import Tokenizer, learn

VOCABULARY = 2048
CONTEXT = 512
WARMUP_STEPS = 100
LEAST_RATE = 0.02
MEASURED_DOCUMENTS = 48
# What a token counts that stands before the last section of its document. It is asked with, and much of it is chance: names, and which flaw.
GIVEN_WEIGHT = 0.1


@dataclass
class Progress:
    """Where training stands. `batch` is the next one of the epoch; `tokens` counts those learned from."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    epoch: int = 0
    batch: int = 0
    corpus: str = ""


@dataclass
class Training:
    """All that a checkpoint keeps."""

    tokenizer: Tokenizer
    model: Decoder
    optimizer: AdamW
    progress: Progress

    def save(self, path: Path) -> None:
        state = {
            "shape": self.model.shape.record(),
            "weights": self.model.state_dict(),
            "merges": self.tokenizer.merges,
            "optimizer": self.optimizer.state_dict(),
            "progress": asdict(self.progress),
        }
        torch.save(state, path.with_suffix(".part"))
        os.replace(path.with_suffix(".part"), path)


def adamw(model: Decoder) -> AdamW:
    """Its learning rate is set before each step. Norms do not decay."""
    matrices = [parameter for parameter in model.parameters() if parameter.dim() > 1]
    others = [parameter for parameter in model.parameters() if parameter.dim() == 1]
    return AdamW([{"params": matrices, "weight_decay": 0.05}, {"params": others, "weight_decay": 0.0}], betas=(0.9, 0.98))


def begin(corpus: Path, shape: Shape) -> Training:
    tokenizer = learn(read_texts(corpus), shape.vocabulary)
    model = Decoder(shape).to(device())
    return Training(tokenizer, model, adamw(model), Progress())


def restore(path: Path, *, anew: bool) -> Training:
    """What a checkpoint keeps; with `anew` only its weights and its tokenizer."""
    state = torch.load(path, map_location=device(), weights_only=True)
    model = Decoder(Shape(**state["shape"])).to(device())
    model.load_state_dict(state["weights"])
    training = Training(Tokenizer([(first, second) for first, second in state["merges"]]), model, adamw(model), Progress())
    if not anew:
        training.progress = Progress(**state["progress"])
        training.optimizer.load_state_dict(state["optimizer"])
    return training


def device() -> str:
    return "cuda" if torch.cuda.is_available() else "cpu"


def losses(model: Decoder, ids: Tensor, weights: Tensor) -> Tensor:
    """The weighted sum over a batch (batch, length + 1) of what each of its tokens but the first costs; weights: (batch, length)."""
    with torch.autocast(device(), dtype=torch.bfloat16, enabled=device() == "cuda"):
        logits = model(ids[:, :-1])
    each = F.cross_entropy(logits.float().flatten(0, 1), ids[:, 1:].flatten(), reduction="none")
    return (each * weights.flatten()).sum()


def weigh(ids: Tensor, tokenizer: Tokenizer, given: float) -> Tensor:
    """What each token of a batch but the first counts: one in the last section of a document, `given` before it, nothing behind it."""
    tags = (ids >= tokenizer.first_tag) & (ids < tokenizer.end)
    places = torch.arange(ids.shape[1], device=ids.device)
    last = (tags * places).amax(1, keepdim=True)
    weights = torch.where(places > last, 1.0, given)
    return (weights * (ids != tokenizer.pad))[:, 1:]


def count(ids: Tensor, padding: int) -> int:
    return int((ids[:, 1:] != padding).sum())


@torch.no_grad()
def measure(training: Training, validation: dict[str, Documents]) -> dict[str, float]:
    """Loss a token in the last section of each form's documents, over the same ones every time."""
    tokenizer = training.tokenizer
    measured: dict[str, float] = {}
    for name, documents in validation.items():
        lengths = documents.lengths()
        chosen = sorted(range(min(len(documents), MEASURED_DOCUMENTS)), key=lambda at: lengths[at])
        batches = [pad(documents, chosen[at : at + 16], tokenizer.pad).to(device()) for at in range(0, len(chosen), 16)]
        weighed = [(ids, weigh(ids, tokenizer, given=0.0)) for ids in batches]
        total = sum(losses(training.model, ids, weights).item() for ids, weights in weighed)
        measured[name] = round(total / sum(weights.sum().item() for _, weights in weighed), 4)
    return measured


def rate_factor(step: int, spent: float, decay: float) -> float:
    """Warmup, stable, decay: the factor of the learning rates when the share `spent` of the budget is used."""
    return min(1.0, (step + 1) / WARMUP_STEPS) * min(1.0, LEAST_RATE + (1 - LEAST_RATE) * max(0.0, 1 - spent) / decay)


class Workers:
    """The processes that train together, each on batches of its own: those that torchrun starts, or this one alone."""

    def __init__(self) -> None:
        self.count = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0"))
        if self.count > 1:
            distributed.init_process_group("gloo")

    def total(self, vector: Tensor) -> Tensor:
        """The sum of the workers' vectors, the same in all of them."""
        if self.count > 1:
            distributed.all_reduce(vector)
        return vector

    def corpus(self, path: Path, tokenizer: Tokenizer) -> Corpus:
        """The first one writes the ids, so that the others find them."""
        if self.rank == 0:
            load_corpus(path, tokenizer, CONTEXT)
        self.total(torch.zeros(1))
        return load_corpus(path, tokenizer, CONTEXT)


class Run:
    """One run of the program: it ends when the budget is spent or when it is asked to end."""

    def __init__(self, training: Training, corpus: Corpus, *, options: argparse.Namespace, workers: Workers) -> None:
        self.training, self.corpus, self.options, self.workers = training, corpus, options, workers
        self.asked_to_stop = self.stopped = False
        self.began = time.monotonic() - training.progress.seconds
        self.loss = (0.0, 0.0)
        signal.signal(signal.SIGTERM, self.stop)

    def stop(self, *_: object) -> None:
        self.asked_to_stop = True

    def spent(self) -> float:
        progress = self.training.progress
        if self.options.budget_steps is not None:
            return progress.step / self.options.budget_steps
        return progress.seconds / (60 * self.options.budget_minutes)

    def go(self) -> None:
        progress, workers = self.training.progress, self.workers
        measured = time.monotonic()
        while not self.stopped and self.spent() < 1:
            batches = epoch(self.corpus.training, self.options.batch_tokens, self.options.seed + progress.epoch)
            while not self.stopped and self.spent() < 1 and progress.batch + workers.count <= len(batches):
                self.step(batches[progress.batch + workers.rank])
                if workers.rank == 0 and time.monotonic() - measured > 60 * self.options.every_minutes:
                    self.record()
                    measured = time.monotonic()
            if progress.batch + workers.count > len(batches):
                progress.epoch, progress.batch = progress.epoch + 1, 0
        if workers.rank == 0:
            self.record()

    def step(self, batch: list[int]) -> None:
        """Gradients, losses and times are summed over the workers, so that all of them take the same step."""
        training, progress = self.training, self.training.progress
        ids = pad(self.corpus.training, batch, training.tokenizer.pad).to(device())
        weights = weigh(ids, training.tokenizer, GIVEN_WEIGHT)
        loss = losses(training.model, ids, weights)
        loss.backward()
        parameters = list(training.model.parameters())
        own = [loss.item(), weights.sum().item(), count(ids, training.tokenizer.pad), self.asked_to_stop, time.monotonic() - self.began]
        summed = self.workers.total(torch.cat([torch.tensor(own), *(parameter.grad.flatten().cpu() for parameter in parameters)]))
        total, weight, tokens, stops, seconds = summed[: len(own)].tolist()
        gradients = (summed[len(own) :] / weight).split([parameter.numel() for parameter in parameters])
        for parameter, gradient in zip(parameters, gradients, strict=True):
            parameter.grad = gradient.view_as(parameter).to(parameter.device)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        for group in training.optimizer.param_groups:
            group["lr"] = self.options.rate * rate_factor(progress.step, self.spent(), self.options.decay)
        training.optimizer.step()
        training.optimizer.zero_grad()
        progress.step, progress.tokens, progress.batch = progress.step + 1, progress.tokens + int(tokens), progress.batch + self.workers.count
        progress.seconds = seconds / self.workers.count
        self.stopped = stops > 0
        self.loss = (self.loss[0] + total, self.loss[1] + weight)

    def record(self) -> None:
        total, weight = self.loss
        self.loss = (0.0, 0.0)
        line = {
            **asdict(self.training.progress),
            "seconds": round(self.training.progress.seconds),
            "trainingLoss": round(total / weight, 4) if weight else None,
            "rateFactor": round(rate_factor(self.training.progress.step, self.spent(), self.options.decay), 4),
            "losses": measure(self.training, self.corpus.validation),
        }
        append(self.options.run / "log.jsonl", line)
        self.training.save(self.options.run / "checkpoint.pt")


def append(path: Path, line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)
    with path.open("a") as log:
        log.write(json.dumps(line) + "\n")


def train(options: argparse.Namespace) -> None:
    torch.manual_seed(options.seed)
    torch.set_flush_denormal(True)
    if options.threads is not None:
        torch.set_num_threads(options.threads)
    options.run.mkdir(parents=True, exist_ok=True)
    checkpoint = options.run / "checkpoint.pt"
    if checkpoint.exists():
        training = restore(checkpoint, anew=False)
    elif options.init is not None:
        training = restore(options.init, anew=True)
    else:
        training = begin(options.corpus, Shape(VOCABULARY, options.width, options.layers, options.heads, options.hidden, CONTEXT))
    workers = Workers()
    corpus = workers.corpus(options.corpus, training.tokenizer)
    if training.progress.corpus not in ("", corpus.digest):
        training.progress.epoch, training.progress.batch = training.progress.epoch + 1, 0
    training.progress.corpus = corpus.digest
    if workers.rank == 0:
        append(options.run / "log.jsonl", described(training, corpus, options) | {"workers": workers.count})
    if not options.prepare:
        Run(training, corpus, options=options, workers=workers).go()


def described(training: Training, corpus: Corpus, options: argparse.Namespace) -> dict[str, object]:
    return {
        "start": {
            "corpus": corpus.digest,
            "documents": len(corpus.training),
            "tokens": len(corpus.training.tokens),
            "tooLong": corpus.too_long,
            "measured": {name: len(documents) for name, documents in corpus.validation.items()},
            "tokenizer": training.tokenizer.digest(),
            "shape": training.model.shape.record(),
            "parameters": sum(parameter.numel() for parameter in training.model.parameters()),
            "seed": options.seed,
            "batchTokens": options.batch_tokens,
            "device": device(),
            "torch": torch.__version__,
        }
    }


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Trains the embedded model.")
    parser.add_argument("--export", nargs=2, type=Path, metavar=("CHECKPOINT", "GGUF"), help="write a checkpoint as a model file and end")
    parser.add_argument("--corpus", type=Path, help="documents, one a line")
    parser.add_argument("--run", type=Path, help="folder of the checkpoint and the log")
    parser.add_argument("--init", type=Path, help="a checkpoint whose weights and tokenizer a new run begins with")
    parser.add_argument("--prepare", action="store_true", help="only turn the corpus into ids, for a run that is to read it soon")
    parser.add_argument("--budget-minutes", type=float, default=90.0, help="minutes of training, of all runs of this folder together")
    parser.add_argument("--budget-steps", type=int, help="steps instead of minutes, so that a run can be repeated exactly")
    parser.add_argument("--decay", type=float, default=0.35, help="the last share of the budget, in which the learning rate falls")
    parser.add_argument("--every-minutes", type=float, default=4.0, help="minutes between checkpoints")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--batch-tokens", type=int, default=1024, help="tokens of a batch, padding included")
    parser.add_argument("--rate", type=float, default=4e-3, help="the learning rate before it falls")
    parser.add_argument("--width", type=int, default=160)
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--heads", type=int, default=5)
    parser.add_argument("--hidden", type=int, default=448)
    options = parser.parse_args()
    if options.export is None and (options.corpus is None or options.run is None):
        parser.error("training needs --corpus and --run")
    return options


def main() -> None:
    options = parse()
    if options.export is not None:
        checkpoint, target = options.export
        export(checkpoint, target)
        print(f"{target}: {target.stat().st_size} bytes, {digest_file(target)}")
    else:
        train(options)


if __name__ == "__main__":
    main()
