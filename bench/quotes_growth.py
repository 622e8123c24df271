"""Time of find_quotes on long input that is no prose: twice the input should take about twice the time.

    python bench/quotes_growth.py [--characters 1000000]

Prints CPU seconds on one paragraph of a quarter, half and all of the characters, and how they grow.
"""

from __future__ import annotations

import argparse
import time

import pandas as pd

from samestory import find_quotes

#: One paragraph of each, repeated up to the wanted length.
INPUTS = {
    "straight double marks": '"',
    "straight marks between words": 'so " it ',
    "closed quotations": '"No," he said. ',
    "curly marks opened only": "“",
    "curly marks opened only, between words": "“went on ",
    "curly marks closed only": "” it ",
    "straight single marks": "'",
    "single marks opened only": "‘went on ",
    "plural apostrophes": "‘the boys’ boats’ ",
    "guillemets inside out": "»went« ",
    "names of persons": "Ada Moss met Bo Kerrel. ",
    "capitals without end": "Ada ",
    "one word": "a",
    "words without a stop": "rain ",
    "stops": ". ",
    "question marks": "?",
    "dashes": "—",
    "hyphens between letters": "a-",
    "brackets opened": "(",
    "brackets closed": ") ",
    "commas": ", ",
    "cues without end": "said ",
    "cue after cue": "he said she said ",
    "colons": "A: ",
    "according to": "according to ",
    "apostrophes between letters": "n't",
    "initials": "A. ",
    "digits": "1,",
    "blanks": " ",
    "combining signs": "e\u0301",
}


def seconds(unit: str, characters: int) -> float:
    """CPU time on one paragraph of that many characters."""
    text = unit * (characters // len(unit))
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    began = time.process_time()
    find_quotes(articles)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--characters", type=int, default=1_000_000)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    seconds("The rain fell. “No,” Ada Moss said. ", 1_000)
    print(f"{'input':40s} {'quarter':>8s} {'half':>8s} {'all':>8s}   growth from half to all")
    for name, unit in INPUTS.items():
        if options.only in name:
            took = [seconds(unit, options.characters // part) for part in (4, 2, 1)]
            print(
                f"{name:40s} " + " ".join(f"{t:8.2f}" for t in took) + f"   × {took[2] / took[1]:.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
