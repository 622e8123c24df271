"""The command line: the whole walk, or one step of it."""

from __future__ import annotations

from typing import Any

import click

from samestory.cli import addresses, check, emphasis, new, sharing, steps, walk
from samestory.errors import SamestoryError

__all__ = ["main"]

_EPILOG = """
\b
A first look:
  samestory demo                                  the whole walk on the demo corpus
  samestory new my_corpus                         a folder to put your own articles into
  samestory check my_corpus                       what is missing, what was guessed
  samestory compare my_corpus --out results       the same on your own articles
  samestory compare news.csv --out results --column title=headline

\b
A corpus is a folder with one sub-folder per outlet and one file per article (.txt, .html),
exports of news databases (.docx, .rtf, .txt), web archives (.warc.gz), a ZIP of any of these,
or a .csv, .jsonl or .parquet with the columns outlet and text.
Exit status: 0 done, 2 a mistake in the input or the options, 1 anything else.
"""


class _UserError(click.ClickException):
    exit_code = 2


class _Commands(click.Group):
    """Keeps the commands in the order of the data walk, and turns errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SamestoryError as error:
            raise _UserError(str(error)) from error
        except OSError as error:
            raise click.ClickException(
                f"{error.filename or ''}: {error.strerror or error}".strip(": ")
            ) from error


@click.group(cls=_Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="samestory")
def main() -> None:
    """Compare how outlets of different editorial stance tell the same story.

    samestory aligns the articles that cover the same event and compares the outlets on tone, attributed
    quotes and topic emphasis. Each claim says on how many shared stories it rests.
    """


# In the order of the data walk.
for _command in (
    walk.compare,
    walk.merge,
    walk.demo,
    new.new,
    check.check,
    steps.clean,
    steps.align,
    steps.stories,
    steps.quotes,
    steps.sentiment,
    steps.topics,
    emphasis.prominence,
    emphasis.terms,
    emphasis.concordance,
    emphasis.naming,
    emphasis.coverage,
    addresses.addresses,
    sharing.dehydrate,
    sharing.hydrate,
):
    main.add_command(_command)
