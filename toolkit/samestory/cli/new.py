"""A corpus to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from samestory.errors import OptionError, OutputError

_CORPUS = """\
# What this corpus is. Lines that begin with # are comments.
name = "{name}"
description = ""                  # one sentence: which outlets, which event or topic, which time
licence = ""                      # terms of the texts; those of others are seldom yours to share

# How the articles were drawn: all (everything the outlets published), query (what a search found),
# story (picked by story) or unknown. Only with all is a story that an outlet lacks a choice of the outlet.
sampling = "unknown"

# Uncomment where dates stand as 03/04/2024: dmy reads 3 April, mdy March 4.
# date_order = "dmy"

# One table per outlet; the name in brackets is the folder of its articles. A stance is a claim: say who
# makes it and when. One without a source is accepted and flagged.
{outlets}"""
_OUTLET = """\
[outlets.{folder}]
name = "{name}"
# stance = "opposition"
# stance_source = "who says so: a rating, a study, yourself"
# stance_date = {today}
"""
_README = """\
# {name}

One folder per outlet, one file per article:

{folders}
A text file may begin with a few lines that say what it is, closed by a blank line; all of them are optional:

    Title: The headline
    Published: 2025-03-04T08:15+01:00
    URL: https://…
    Author: …

    The text, as copied from the page. Menus, captions and comment forms may stay: they are taken out.

A file name that begins with the date (`2025-03-04-ferry-strike.txt`) dates an article that has no
`Published:` line.

Then look at the corpus, and compare:

    samestory check {path}
    samestory compare {path} --out results

`corpus.toml` says what the corpus is. Lines of page furniture that stay in the texts can be listed in a
`furniture.toml` beside it, corrections of the stories in a `corrections.csv`.
"""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option(
    "--outlet",
    "outlets",
    multiple=True,
    metavar="NAME",
    help="Name of an outlet, such as 'Daily Herald'. Repeat for each; by default two to rename.",
)
def new(folder: Path, outlets: tuple[str, ...]) -> None:
    """Make a corpus to fill in: folder DIR with corpus.toml, one folder per outlet and a README."""
    names = outlets or ("Outlet One", "Outlet Two")
    slugs = [_slug(name) for name in names]
    if len(set(slugs)) < len(slugs) or not all(slugs):
        raise OptionError("the outlets need names that differ in letters or digits", hint=", ".join(names))
    if folder.exists() and any(folder.iterdir()):
        raise OptionError(f"{folder} is not empty", hint="choose a new folder")
    title = folder.resolve().name
    files = {"corpus.toml": _toml(title, dict(zip(slugs, names, strict=True)))}
    folders = "".join(f"    {slug}/2025-03-04-short-title.txt\n" for slug in slugs)
    files["README.md"] = _README.format(name=title, folders=folders, path=folder)
    try:
        for slug in slugs:
            (folder / slug).mkdir(parents=True)
        for name, content in files.items():
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(
            f"the corpus cannot be made: {error.strerror or error}", hint="choose another place", path=folder
        ) from error
    click.echo(f"{folder} is there. Put the articles into {', '.join(slugs)} and fill in corpus.toml, then:")
    click.echo(f"  samestory check {folder}")


def _slug(name: str) -> str:
    """Make a folder name: letters and digits in lower case, joined by hyphens."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _toml(title: str, outlets: dict[str, str]) -> str:
    from datetime import UTC, datetime

    today = datetime.now(UTC).date().isoformat()
    tables = [
        _OUTLET.format(folder=_key(slug), name=_quoted(name), today=today) for slug, name in outlets.items()
    ]
    return _CORPUS.format(name=_quoted(title), outlets="\n".join(tables))


def _quoted(text: str) -> str:
    """Escape a text for a TOML string."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain.replace("\\", "\\\\").replace('"', '\\"')


def _key(slug: str) -> str:
    """Quote a key that holds letters beyond ASCII."""
    return slug if slug.isascii() else f'"{slug}"'
