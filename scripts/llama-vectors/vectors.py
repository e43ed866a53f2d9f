"""Log-probabilities of a GGUF file's model, computed without llama.cpp: with PyTorch, in 32 bits, from the file's own weights and merges.

    python -m venv venv && venv/bin/pip install torch numpy gguf
    venv/bin/python vectors.py MODEL.gguf < documents.json > vectors.json

Handles what the models beside this project are: the llama architecture, tied embeddings, a byte-level BPE with the pre-tokenizer `trillion`.
A document is {"sections": [[tag, text], ...], "continuation": text}; the answer adds the values of the continuation's tokens.
"""
import json
import math
import re
import sys

import torch
import torch.nn.functional as F
from gguf import GGUFReader, dequantize

WORDS = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")


def byte_letters():
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    return {**{byte: chr(byte) for byte in shown}, **{byte: chr(256 + at) for at, byte in enumerate(hidden)}}


class Model:
    def __init__(self, path):
        reader = GGUFReader(path)
        field = lambda name: reader.fields[name].contents()
        self.tensors = {t.name: torch.tensor(dequantize(t.data, t.tensor_type)) for t in reader.tensors}
        self.ids = {token: at for at, token in enumerate(field("tokenizer.ggml.tokens"))}
        self.ranks = {tuple(merge.split(" ")): at for at, merge in enumerate(field("tokenizer.ggml.merges"))}
        self.layers = field("llama.block_count")
        self.heads = field("llama.attention.head_count")
        self.width = field("llama.embedding_length")
        self.epsilon = field("llama.attention.layer_norm_rms_epsilon")
        self.base = field("llama.rope.freq_base")
        self.letters = byte_letters()

    def tokenize(self, text):
        return [self.ids[piece] for word in WORDS.findall(text) for piece in self.merge([self.letters[b] for b in word.encode()])]

    def merge(self, pieces):
        while len(pieces) > 1:
            rank, at = min((self.ranks.get(pair, math.inf), at) for at, pair in enumerate(zip(pieces, pieces[1:])))
            if rank == math.inf:
                break
            pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]
        return pieces

    def norm(self, x, name):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.tensors[name]

    def rotate(self, x):
        # Neighbouring pairs turn together, as the llama architecture of GGUF has them.
        size = self.width // self.heads
        angles = torch.arange(x.shape[1]).float()[:, None] * self.base ** (-torch.arange(0, size, 2).float() / size)
        even, odd = x[..., 0::2], x[..., 1::2]
        return torch.stack((even * angles.cos() - odd * angles.sin(), even * angles.sin() + odd * angles.cos()), -1).flatten(-2)

    def logits(self, ids):
        x = self.tensors["token_embd.weight"][torch.tensor(ids)]
        length = len(ids)
        mask = torch.full((length, length), -math.inf).triu(1)
        for layer in range(self.layers):
            of = lambda name: f"blk.{layer}.{name}.weight"
            split = lambda y: y.view(length, self.heads, -1).transpose(0, 1)
            y = self.norm(x, of("attn_norm"))
            q, k, v = (split(F.linear(y, self.tensors[of(f"attn_{name}")])) for name in "qkv")
            q, k = self.rotate(q), self.rotate(k)
            attention = F.softmax(q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + mask, -1) @ v
            x = x + F.linear(attention.transpose(0, 1).reshape(length, -1), self.tensors[of("attn_output")])
            y = self.norm(x, of("ffn_norm"))
            gate, up = F.linear(y, self.tensors[of("ffn_gate")]), F.linear(y, self.tensors[of("ffn_up")])
            x = x + F.linear(F.silu(gate) * up, self.tensors[of("ffn_down")])
        return F.linear(self.norm(x, "output_norm.weight"), self.tensors["token_embd.weight"])

    def score(self, sections, continuation):
        before = [token for tag, text in sections for token in [self.ids[f"<|{tag}|>"], *self.tokenize(text)]]
        own = self.tokenize(continuation)
        with torch.no_grad():
            values = F.log_softmax(self.logits(before + own), -1)
        return [round(values[len(before) + at - 1, token].item(), 4) for at, token in enumerate(own)]


if __name__ == "__main__":
    model = Model(sys.argv[1])
    documents = [{**document, "logProbabilities": model.score(**document)} for document in json.load(sys.stdin)]
    print("[\n" + ",\n".join(json.dumps(document, ensure_ascii=False) for document in documents) + "\n]")
