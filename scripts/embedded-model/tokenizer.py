"""A byte-level BPE that llama.cpp reads in the same way (`tokenizer.ggml.model = gpt2`, `tokenizer.ggml.pre = trillion`)."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

END = "<|end|>"
PAD = "<|pad|>"
TAGS = ("py", "ts", "inst", "code", "plan", "mods", "find", "fix", "crit", "test")
CONTROLS = (*(f"<|{tag}|>" for tag in TAGS), END, PAD)

Pair = tuple[str, str]
Section = tuple[str, str]

# What llama.cpp holds to be white space; Python's \s has four control characters more.
SPACE = "\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"


def category_ranges(initial: str) -> str:
    """The characters whose Unicode category begins with `initial`, as the inside of a character class."""
    ranges: list[list[int]] = []
    for point in range(sys.maxunicode + 1):
        if unicodedata.category(chr(point))[0] == initial:
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1][1] = point
            else:
                ranges.append([point, point])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


def word_pattern() -> re.Pattern[str]:
    letters, numbers = category_ranges("L"), category_ranges("N")
    return re.compile(
        f"'s|'t|'re|'ve|'m|'ll|'d| ?[{letters}]+| ?[{numbers}]+| ?[^{SPACE}{letters}{numbers}]+|[{SPACE}]+(?![^{SPACE}])|[{SPACE}]+"
    )


WORDS = word_pattern()


def byte_letters() -> list[str]:
    """The printable character that stands for each byte in the vocabulary, as GPT-2 has them."""
    shown = {*range(33, 127), *range(161, 173), *range(174, 256)}
    hidden = [byte for byte in range(256) if byte not in shown]
    return [chr(byte) if byte in shown else chr(256 + hidden.index(byte)) for byte in range(256)]


LETTERS = byte_letters()


def spelled(word: str) -> list[str]:
    return [LETTERS[byte] for byte in word.encode()]


class Tokenizer:
    """Turns text into ids and back. Text never becomes a control token: only tags do."""

    def __init__(self, merges: Sequence[Pair]) -> None:
        self.merges = list(merges)
        self.tokens = [*LETTERS, *(first + second for first, second in merges), *CONTROLS]
        self.ids = {token: at for at, token in enumerate(self.tokens)}
        self.ranks = {pair: at for at, pair in enumerate(merges)}
        self.end, self.pad, self.first_tag = self.ids[END], self.ids[PAD], self.ids[CONTROLS[0]]
        self.known: dict[str, list[int]] = {}

    def encode(self, text: str) -> list[int]:
        return [token for word in WORDS.findall(text) for token in self.encode_word(word)]

    def encode_word(self, word: str) -> list[int]:
        if word not in self.known:
            self.known[word] = [self.ids[piece] for piece in self.merged(spelled(word))]
        return self.known[word]

    def merged(self, pieces: list[str]) -> list[str]:
        while len(pieces) > 1:
            rank, at = min((self.ranks.get(pair, sys.maxsize), at) for at, pair in enumerate(zip(pieces, pieces[1:])))
            if rank == sys.maxsize:
                break
            pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]
        return pieces

    def encode_sections(self, sections: Iterable[Section]) -> list[int]:
        """Each section is its tag's token and its text."""
        return [token for tag, text in sections for token in (self.ids[f"<|{tag}|>"], *self.encode(text))]

    def encode_document(self, sections: Iterable[Section]) -> list[int]:
        return [*self.encode_sections(sections), self.end]

    def decode(self, ids: Iterable[int]) -> str:
        values = {letter: byte for byte, letter in enumerate(LETTERS)}
        parts = (self.tokens[token] for token in ids)
        return b"".join(part.encode() if part in CONTROLS else bytes(values[letter] for letter in part) for part in parts).decode()

    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.tokens).encode()).hexdigest()

    def save(self, path: Path) -> None:
        path.write_text(json.dumps({"merges": self.merges}, ensure_ascii=False))

    @staticmethod
    def load(path: Path) -> Tokenizer:
        return Tokenizer([(first, second) for first, second in json.loads(path.read_text())["merges"]])


def learn(texts: Iterable[str], size: int) -> Tokenizer:
    """Merges the most frequent pair until the vocabulary has `size` tokens. Ties go to the pair that sorts last."""
    words = [(spelled(word), count) for word, count in sorted(Counter(w for text in texts for w in WORDS.findall(text)).items())]
    counts: Counter[Pair] = Counter()
    places: defaultdict[Pair, set[int]] = defaultdict(set)
    for at, (pieces, count) in enumerate(words):
        for pair in zip(pieces, pieces[1:]):
            counts[pair] += count
            places[pair].add(at)
    merges: list[Pair] = []
    while len(LETTERS) + len(merges) + len(CONTROLS) < size:
        best = max(counts, key=lambda pair: (counts[pair], pair))
        if counts[best] < 2:
            raise ValueError(f"the corpus is too small for a vocabulary of {size} tokens")
        merges.append(best)
        for at in sorted(places.pop(best)):
            pieces, count = words[at]
            for pair in zip(pieces, pieces[1:]):
                counts[pair] -= count
            joined = join(pieces, best)
            for pair in zip(joined, joined[1:]):
                counts[pair] += count
                places[pair].add(at)
            words[at] = (joined, count)
        del counts[best]
    return Tokenizer(merges)


def join(pieces: list[str], pair: Pair) -> list[str]:
    joined: list[str] = []
    at = 0
    while at < len(pieces):
        width = 2 if tuple(pieces[at : at + 2]) == pair else 1
        joined.append("".join(pieces[at : at + width]))
        at += width
    return joined
