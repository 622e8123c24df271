"""Corpora shared without their texts: the list of articles, what was found again, what was fetched."""

from __future__ import annotations

from samestory.tables.declaration import OUTLET_OF, Column, table

_SHARED_ID = Column("text", "identifies the article in the package")

SHARED_ARTICLES = table(
    "shared_articles",
    "article of the corpus, without its text",
    ("article_id",),
    {
        "article_id": _SHARED_ID,
        "outlet": OUTLET_OF,
        "stance": Column("text", "editorial stance of the outlet, as claimed by the corpus", False, True),
        "published": Column("time", "publication time, UTC", False, True),
        "published_precision": Column("text", "how exact it is: second, minute or day", False, True),
        "title": Column("text", "headline; only where the package was made with titles", False, True),
        "url": Column("text", "web address", True, True),
        "archive_url": Column(
            "text",
            "where the Internet Archive would have the page, nearest to its date; made, not looked up",
            True,
            True,
        ),
        "sha256_raw": Column("text", "SHA-256 of the text as read, UTF-8; missing without text", True, True),
        "sha256_normalised": Column(
            "text", "SHA-256 of the normalised text, UTF-8 (datapackage.json says how)", True, True
        ),
        "fingerprint": Column(
            "text", "MinHash of the runs of five words, Base64 (datapackage.json says how)", True, True
        ),
        "n_shingles": Column("number", "distinct runs of five words in the text"),
    },
)

HYDRATION = table(
    "hydration",
    "article of the package",
    ("article_id",),
    {
        "article_id": _SHARED_ID,
        "outlet": OUTLET_OF,
        "url": Column("text", "web address", True, True),
        "status": Column(
            "text",
            "exact (every character), near (the same text, other characters), changed (what stands there now "
            "is another text), missing, or unverified (found at its address; the corpus had no text of it)",
        ),
        "verified_by": Column(
            "text", "what says so: raw text, normalised text or fingerprint; missing for missing", True, True
        ),
        "likeness": Column(
            "number", "share of runs of five words that both texts have (Jaccard), 0 to 1", True, True
        ),
        "kept": Column(
            "number", "share of the runs of five words of the original that were found, 0 to 1", True, True
        ),
        "matched_by": Column("text", "how the text was found: hash, url, id or fingerprint", True, True),
        "found_id": Column("text", "article_id of the text in the texts searched", True, True),
        "rebuilt": Column("truth", "whether the text went into the rebuilt corpus"),
        "note": Column("text", "what there is to say, such as why a page could not be fetched", True, True),
    },
)

FETCHES = table(
    "fetches",
    "article whose page was asked for",
    ("article_id",),
    {
        "article_id": _SHARED_ID,
        "url": Column("text", "web address that was asked for", True, True),
        "status": Column(
            "text",
            "fetched, or why not: no_address, robots, refused (not a public web address), http_error, "
            "wrong_type, too_large, too_slow, redirects, failed (no connection), left_alone (the host had "
            "asked for a pause or did not answer)",
        ),
        "source": Column("text", "live or archive", True, True),
        "http_status": Column("number", "status code of the last answer", True, True),
        "final_url": Column("text", "web address that gave the answer, after redirects", True, True),
        "file": Column("text", "file of the page, below the folder of pages", True, True),
        "sha256_page": Column("text", "SHA-256 of that file", True, True),
        "fetched": Column("text", "when the page came, UTC, ISO 8601", True, True),
        "note": Column("text", "what was found", True, True),
    },
)
