"""Quotes found by a transformer in a folder: errors without one, and a tiny one with random weights."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest

from samestory.errors import MissingExtraError, OptionError
from samestory.measures.quotes import find_quotes
from samestory.measures.quotes.model.labels import LABELS
from samestory.measures.quotes.model.tokens import tokenize
from samestory.measures.quotes.neural import NeuralModel, pieces_of

TEXT = (
    "“The pumps are old,” Greta Pohl said on Monday. “They were old when I came.”\n\n"
    "According to the board, new ones are on order. Pohl’s deputy, Milo Tarn, doubts it; he said so twice."
)


def articles_of(*texts: str) -> pd.DataFrame:
    ids = [str(k) for k in range(len(texts))]
    return pd.DataFrame({"article_id": ids, "outlet": "Herald", "text": list(texts)}).astype("str")


def test_no_such_folder(tmp_path):
    with pytest.raises(OptionError, match="never downloaded"):
        find_quotes(articles_of(TEXT), model=tmp_path / "none")


def test_without_the_extra_the_error_names_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(MissingExtraError, match="neural"):
        find_quotes(articles_of(TEXT), model=tmp_path)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """Folder of a classifier of 2 layers and 32 dimensions: random weights, a vocabulary of letters."""
    torch = pytest.importorskip("torch", reason="the extra 'neural' is not installed")
    transformers = pytest.importorskip("transformers", reason="the extra 'neural' is not installed")
    folder = tmp_path_factory.mktemp("tiny")
    letters = sorted(set(TEXT.lower()) - {" ", "\n"})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(7)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64, id2label=dict(enumerate(LABELS)),
        label2id={name: k for k, name in enumerate(LABELS)}, initializer_range=0.6,
    )  # fmt: skip
    transformers.BertForTokenClassification(config).save_pretrained(folder)
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.mark.filterwarnings("ignore")
def test_scores_are_those_of_the_classifier_at_the_first_piece(tiny):
    import torch
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    text = "He said no."
    model, tokens = NeuralModel(tiny), tokenize(text)
    # By hand: one window, the special pieces around it, the head's scores at each token's first piece.
    tokenizer = AutoTokenizer.from_pretrained(tiny)
    pieces = [tokenizer.convert_tokens_to_ids(tokenizer.tokenize(w)) for w in tokens.words]
    flat = [2, *(i for p in pieces for i in p), 3]
    heads = np.cumsum([1, *map(len, pieces)])[:-1]
    with torch.inference_mode():
        logits = AutoModelForTokenClassification.from_pretrained(tiny).eval()(torch.tensor([flat])).logits
    assert pieces_of(tokenizer, text, tokens) == pieces
    assert np.allclose(model._logits(text, tokens), logits[0, heads].numpy(), atol=1e-4)


@pytest.mark.filterwarnings("ignore")
def test_rows_keep_their_promises(tiny):
    texts = [TEXT, "No one spoke.", TEXT + "\n\n" + TEXT, "  "]
    quotes = find_quotes(articles_of(*texts), model=tiny)
    assert len(quotes)
    for q in quotes.itertuples():
        text = texts[int(q.article_id)]
        assert q.text == " ".join(text[a:b] for a, b in q.spans)
        assert all(0 <= a < b <= len(text) for a, b in [*q.spans, *q.speaker_spans, *q.cue_spans])
        assert all(b <= c or d <= a for a, b in q.cue_spans for c, d in q.spans)
        assert 0 <= q.confidence <= 1


@pytest.mark.filterwarnings("ignore")
def test_no_article_bears_on_another(tiny):
    alone = find_quotes(articles_of(TEXT), model=tiny)
    among = find_quotes(articles_of(TEXT, "“Yes,” Ada Moss said. " * 40), model=tiny)
    pd.testing.assert_frame_equal(alone, among[among["article_id"] == "0"].reset_index(drop=True))


@pytest.mark.filterwarnings("ignore")
def test_a_classifier_of_something_else_is_refused(tiny, tmp_path):
    import shutil

    other = tmp_path / "other"
    shutil.copytree(tiny, other)
    config = (other / "config.json").read_text(encoding="utf-8")
    (other / "config.json").write_text(config.replace("B-X3", "B-PER"), encoding="utf-8")
    with pytest.raises(OptionError, match="B-PER"):
        find_quotes(articles_of(TEXT), model=other)


def test_a_folder_without_a_model_is_refused(tmp_path):
    pytest.importorskip("transformers", reason="the extra 'neural' is not installed")
    with pytest.raises(OptionError, match="no token classifier"):
        find_quotes(articles_of(TEXT), model=tmp_path)
