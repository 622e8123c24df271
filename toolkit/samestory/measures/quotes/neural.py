"""A transformer in place of the trained chain: the same labels, the same linker, rules, speakers, confidence.

The model is a folder on this machine, made by ``bench/train_quotes_neural.py``, and is never downloaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from samestory.errors import MissingExtraError, OptionError
from samestory.measures.quotes.model import Attribution
from samestory.measures.quotes.model.attributions import assemble
from samestory.measures.quotes.model.chain import chains
from samestory.measures.quotes.model.labels import LABELS, SIZE
from samestory.measures.quotes.model.lexicon import Lexicon
from samestory.measures.quotes.model.pieces import Window, decoded, windows
from samestory.measures.quotes.model.state import frame_of
from samestory.measures.quotes.model.tokens import Tokens, tokenize
from samestory.measures.quotes.model.weights import Floats, load_weights

__all__ = ["NeuralModel", "framing", "pieces_of"]

_LONGEST = 510  # word pieces that are read at once, where the encoder has places for them
_AT_ONCE = 8  # windows; all of one article, so that no article bears on another's result


class NeuralModel:
    """Finds attributions with a token classifier.

    Parameters
    ----------
    folder : path-like
        Folder of a Hugging Face token classifier whose labels are ``LABELS``.

    Raises
    ------
    OptionError
        There is no such folder, or it holds no such classifier.
    MissingExtraError
        The packages transformers and torch are not installed.
    """

    def __init__(self, folder: str | Path) -> None:
        self._torch, self._tokenizer, self._classifier = _loaded(Path(folder))
        self._weights = load_weights(str(files("samestory").joinpath("models/quotes.npz")))
        self._lexicon = Lexicon(self._weights)
        places = getattr(self._classifier.config, "max_position_embeddings", None) or _LONGEST + 2
        self._longest = min(_LONGEST, places - 4)

    def attribute_many(self, texts: Iterable[str]) -> Iterator[list[Attribution]]:
        """Attributions of each text in turn, in the order of their cues.

        Parameters
        ----------
        texts : iterable of str

        Yields
        ------
        list of Attribution
        """
        for text in texts:
            tokens = tokenize(text)
            yield self._attributions(text, tokens) if len(tokens) else []

    def _attributions(self, text: str, tokens: Tokens) -> list[Attribution]:
        types = self._lexicon.numbers(tokens.words)
        frame, low = frame_of(tokens, self._lexicon.signs[types]), self._lexicon.lower(types)
        labels, p = decoded(self._logits(text, tokens), chains(tokens.paragraph, tokens.sentence))
        return [one for _, one in assemble(tokens, frame, low, labels, p, self._weights)]

    def _logits(self, text: str, tokens: Tokens) -> Floats:
        """Scores of the classifier's head at the first piece of each token, shape (n, labels)."""
        pieces = pieces_of(self._tokenizer, text, tokens)
        cut = windows(pieces, tokens.paragraph, tokens.sentence, self._longest)
        out = np.empty((len(tokens), SIZE), np.float32)
        for a in range(0, len(cut), _AT_ONCE):
            self._read(cut[a : a + _AT_ONCE], out)
        return out

    def _read(self, batch: list[Window], out: Floats) -> None:
        torch = self._torch
        opening, closing = framing(self._tokenizer)
        rows = [[*opening, *w.pieces, *closing] for w in batch]
        width = max(map(len, rows))
        ids = np.full((len(rows), width), self._tokenizer.pad_token_id or 0, np.int64)
        seen = np.zeros_like(ids)
        for k, row in enumerate(rows):
            ids[k, : len(row)], seen[k, : len(row)] = row, 1
        with torch.inference_mode():
            given = {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(seen)}
            logits = self._classifier(**given).logits.float().numpy()
        for k, w in enumerate(batch):
            out[w.first : w.stop] = logits[k, np.array(w.heads) + len(opening)]


def pieces_of(tokenizer: Any, text: str, tokens: Tokens) -> list[list[int]]:
    """Word pieces of each token, as it stands in the text; the unknown piece for a token that has none.

    Parameters
    ----------
    tokenizer : fast tokenizer of the package transformers
    text : str
    tokens : Tokens
        Of that text.

    Returns
    -------
    list of list of int
    """
    words = [text[a:b] for a, b in zip(tokens.starts.tolist(), tokens.ends.tolist(), strict=True)]
    read = tokenizer(words, is_split_into_words=True, add_special_tokens=False, verbose=False)
    out: list[list[int]] = [[] for _ in words]
    for number, word in zip(read["input_ids"], read.word_ids(), strict=True):
        out[word].append(number)
    return [pieces or [tokenizer.unk_token_id or 0] for pieces in out]


def framing(tokenizer: Any) -> tuple[list[int], list[int]]:
    """Return the special pieces before and after a window, as the tokenizer names them."""
    opening, closing = tokenizer.cls_token_id, tokenizer.sep_token_id
    return [opening] if opening is not None else [], [closing] if closing is not None else []


def _loaded(folder: Path) -> tuple[Any, Any, Any]:
    """Torch, the tokenizer and the classifier of a folder."""
    if not folder.is_dir():
        raise OptionError(
            f"model should be the folder of a token classifier, '{folder}' is none",
            hint="models are never downloaded; train one with bench/train_quotes_neural.py",
        )
    try:
        import torch
        from transformers import AutoModelForTokenClassification, AutoTokenizer
    except ImportError as error:
        raise MissingExtraError.for_package(
            "transformers", extra="neural", purpose="finding quotes with a transformer"
        ) from error
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, add_prefix_space=True)
        classifier = AutoModelForTokenClassification.from_pretrained(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise OptionError(
            f"'{folder}' holds no token classifier that can be loaded: {error}",
            hint="give the folder that bench/train_quotes_neural.py wrote",
        ) from error
    labels = tuple(classifier.config.id2label[k] for k in sorted(classifier.config.id2label))
    if labels != LABELS:
        raise OptionError(
            f"the classifier in '{folder}' should tell {', '.join(LABELS)}; found {', '.join(labels[:20])}",
            hint="train it with bench/train_quotes_neural.py",
        )
    return torch, tokenizer, classifier.eval()
