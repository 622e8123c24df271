#!/usr/bin/env python3
"""Fine-tune an encoder in a folder to find quotations, for ``find_quotes(articles, model=OUT)``.

    python bench/train_quotes_neural.py polnear_train.jsonl.gz ENCODER_FOLDER OUT_FOLDER [--epochs 3] [--minutes 30]

ENCODER_FOLDER holds any Hugging Face encoder with a fast tokenizer (BERT, RoBERTa, DeBERTa, ELECTRA, MiniLM …); nothing is
downloaded. The labels are those of the trained chain, so that linker, rules and confidence are the same. Needs the extra
``neural``. AdamW with a linear warm-up and decay; the loss counts the first word piece of each token. With --minutes the
rate decays with the time instead of the passes, and training ends when it is up.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

import numpy as np
import torch
from quote_training.gold import gold_labels, gold_ranges
from transformers import AutoModelForTokenClassification, AutoTokenizer

from samestory.measures.quotes.model.labels import LABELS
from samestory.measures.quotes.model.pieces import windows
from samestory.measures.quotes.model.state import frame_of
from samestory.measures.quotes.model.tokens import tokenize
from samestory.measures.quotes.neural import framing, pieces_of

IGNORED = -100  # what the loss leaves out
WARM_UP = 0.06  # share of the training


def read(path: str, most: int) -> list[dict]:
    """Articles in the order of the file, at most ``most`` of them where it is not 0."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    return articles[:most] if most else articles


def examples(articles: list[dict], tokenizer, longest: int) -> list[tuple[list[int], list[int]]]:
    """Word pieces and labels of every window."""
    opening, closing = framing(tokenizer)
    out = []
    for article in articles:
        tokens = tokenize(article["text"])
        if not len(tokens):
            continue
        gold = gold_labels(tokens, frame_of(tokens), gold_ranges(tokens, article["attributions"]))
        pieces = pieces_of(tokenizer, article["text"], tokens)
        for w in windows(pieces, tokens.paragraph, tokens.sentence, longest):
            labels = np.full(len(w.pieces), IGNORED)
            labels[w.heads] = gold[w.first : w.stop]
            out.append(
                (
                    [*opening, *w.pieces, *closing],
                    [*[IGNORED] * len(opening), *labels.tolist(), *[IGNORED] * len(closing)],
                )
            )
    return out


def batches(items: list, size: int, pad: int, random: np.random.Generator):
    """Windows of like length together, in an order that changes with the pass."""
    order = sorted(range(len(items)), key=lambda k: (len(items[k][0]) // 32, random.random()))
    cut = [order[a : a + size] for a in range(0, len(order), size)]
    random.shuffle(cut)
    for part in cut:
        width = max(len(items[k][0]) for k in part)
        ids, seen, gold = (np.full((len(part), width), x, np.int64) for x in (pad, 0, IGNORED))
        for row, k in enumerate(part):
            pieces, labels = items[k]
            ids[row, : len(pieces)], seen[row, : len(pieces)], gold[row, : len(pieces)] = pieces, 1, labels
        yield tuple(map(torch.from_numpy, (ids, seen, gold)))


def train(classifier, items: list, pad: int, options: argparse.Namespace) -> None:
    random = np.random.default_rng(options.seed)
    optimiser = torch.optim.AdamW(classifier.parameters(), lr=options.rate, weight_decay=0.01)
    total, began, step = options.epochs * -(-len(items) // options.batch), time.monotonic(), 0
    classifier.train()
    while True:
        for ids, seen, gold in batches(items, options.batch, pad, random):
            done = (time.monotonic() - began) / (60 * options.minutes) if options.minutes else step / total
            if done >= 1:
                return
            rate = options.rate * min(done / WARM_UP, (1 - done) / (1 - WARM_UP))
            for group in optimiser.param_groups:
                group["lr"] = max(rate, options.rate * 1e-3)
            loss = classifier(input_ids=ids, attention_mask=seen, labels=gold).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(classifier.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            if step % 50 == 0:
                print(f"batch {step}, {100 * done:.0f} %: loss {loss.item():.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("train")
    parser.add_argument("encoder")
    parser.add_argument("out")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--minutes", type=float, default=0.0, help="train by the clock instead of passes")
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--longest", type=int, default=384, help="word pieces in a window")
    parser.add_argument("--articles", type=int, default=0, help="use only the first so many")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    tokenizer = AutoTokenizer.from_pretrained(options.encoder, local_files_only=True, add_prefix_space=True)
    classifier = AutoModelForTokenClassification.from_pretrained(
        options.encoder,
        local_files_only=True,
        id2label=dict(enumerate(LABELS)),
        label2id={name: k for k, name in enumerate(LABELS)},
    )
    items = examples(read(options.train, options.articles), tokenizer, options.longest)
    print(f"{len(items)} windows, {sum(len(x) for x, _ in items)} word pieces", flush=True)
    train(classifier, items, tokenizer.pad_token_id or 0, options)
    Path(options.out).mkdir(parents=True, exist_ok=True)
    classifier.eval().save_pretrained(options.out)
    tokenizer.save_pretrained(options.out)
    print(f"wrote {options.out}")


if __name__ == "__main__":
    main()
