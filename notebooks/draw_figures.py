"""Draw the figures of the demo corpus that the first notebook does not draw, into figures/.

Run: python notebooks/draw_figures.py [FOLDER]
"""

import sys
from pathlib import Path

import samestory as ss

ROOT = Path(__file__).resolve().parents[1]
GROUP, REFERENCE = "Free Harbour", "Talvera Herald"


def draw(folder: Path) -> list[Path]:
    """Compare the demo corpus once and save each further figure with its table."""
    study = ss.compare(ROOT / "corpora" / "demo")
    tables = study.tables
    pair = {"group": GROUP, "reference": REFERENCE}
    slopes = tables["pairs"].merge(named_stories(tables["coverage"]), on="story_id", how="left")
    slopes = rows_of(slopes, measure="tone, own voice", **pair)
    shift = rows_of(tables["word_shift"], **pair)
    topics = tables["groups"][tables["groups"]["measure"].str.startswith("emphasis,")]
    emphasis = tables["estimates"][tables["estimates"]["measure"].str.startswith("emphasis,")]
    drawn = {
        "slopes": (ss.plot_slopes(slopes, estimates=tables["estimates"]), slopes),
        "voices": (ss.plot_voices(tables["sentiment"]), tables["sentiment"]),
        "word_shift": (ss.plot_word_shift(shift), shift),
        "topics": (ss.plot_topics(topics), topics),
        "emphasis": (ss.plot_estimates(emphasis, pairs=tables["pairs"]), emphasis),
        "over_time": (ss.plot_over_time(tables["over_time"]), tables["over_time"]),
        "tone_nature_column": (
            ss.plot_estimates(
                rows_of(tables["estimates"], measure="tone, own voice"),
                pairs=tables["pairs"],
                preset="nature-column",
            ),
            rows_of(tables["estimates"], measure="tone, own voice"),
        ),
    }
    files = []
    for name, (ax, data) in drawn.items():
        files += ss.save_figure(ax, folder / name, data=data, options=study.summary["options"])
    return files


def rows_of(table, **wanted):
    """Return the rows that hold these values, numbered anew."""
    for column, value in wanted.items():
        table = table[table[column] == value]
    return table.reset_index(drop=True)


def named_stories(coverage):
    """Return one headline for each story: the first told."""
    told = coverage.dropna(subset=["title"]).sort_values(["story_id", "first_published", "outlet"])
    return told.groupby("story_id", as_index=False)["title"].first()


if __name__ == "__main__":
    for file in draw(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "figures"):
        print(file.name)
