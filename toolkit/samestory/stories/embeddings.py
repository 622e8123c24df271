"""Sentence embeddings beside words: an optional second look at what two articles have in common.

The model is a folder on this machine and is never downloaded. Words tell events apart by names and places;
an embedding also sees that two articles say the same in other words. The embedding of an article is that of
its headline and opening, less the mean over the corpus (what all news has in common), and is set beside the
words, so that the likeness of two articles is a weighted mean of both.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from samestory.errors import MissingExtraError, OptionError

__all__ = ["beside_words", "embedded"]

OPENING_WORDS = 110
# Share of the embeddings in the likeness, and the factor that brings their cosines to the scale of words.
SHARE, SCALE = 0.5, 0.2

Embeddings = npt.NDArray[np.float32]


def embedded(titles: list[str], texts: list[str], model: str | Path) -> Embeddings:
    """Embed headline and opening of each article with a sentence-transformers model in a folder.

    Raises
    ------
    OptionError
        There is no such folder, or it holds no model that can be loaded.
    MissingExtraError
        The package sentence-transformers is not installed.
    """
    folder = Path(model)
    if not folder.is_dir():
        raise OptionError(
            f"embeddings should be the folder of a sentence-transformers model, '{folder}' is none",
            hint="models are never downloaded; give the path of one on this machine",
        )
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingExtraError.for_package(
            "sentence-transformers", extra="embeddings", purpose="comparing articles by embeddings"
        ) from error
    try:
        encoder = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError) as error:
        raise OptionError(
            f"'{folder}' holds no sentence-transformers model that can be loaded: {error}",
            hint="give the folder that holds its modules.json",
        ) from error
    openings = [
        f"{title}. {' '.join(text.split(maxsplit=OPENING_WORDS)[:OPENING_WORDS])}"
        for title, text in zip(titles, texts, strict=True)
    ]
    vectors = encoder.encode(openings, normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(vectors, dtype=np.float32)


def beside_words(rows: sp.csr_matrix, embeddings: Embeddings) -> sp.csr_matrix:
    """Set embeddings beside words, so that the dot product of two rows is the mean of both likenesses.

    Examples
    --------
    >>> rows = sp.csr_matrix(np.eye(2, dtype=np.float32))
    >>> both = beside_words(rows, np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32))
    >>> (both @ both.T).toarray().astype(float).round(3).tolist()
    [[0.6, -0.1], [-0.1, 0.6]]
    """
    centred = embeddings - embeddings.mean(axis=0)
    length = np.linalg.norm(centred, axis=1, keepdims=True)
    unit = np.divide(centred, length, out=np.zeros_like(centred), where=length > 1e-6)
    words = np.float32(np.sqrt(1 - SHARE)) * rows
    return sp.csr_matrix(
        sp.hstack([words, np.float32(np.sqrt(SHARE * SCALE)) * sp.csr_matrix(unit)], format="csr")
    )
