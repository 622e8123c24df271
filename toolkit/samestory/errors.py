"""Errors that say what was needed, what was found and what to do.

Every error the toolkit raises on purpose is a :class:`SamestoryError`; the command line turns it into
one message and exit status 2.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["CorpusError", "MissingExtraError", "OptionError", "OutputError", "SamestoryError", "TableError"]


class SamestoryError(ValueError):
    """A mistake in the input or the options, told to the user.

    Parameters
    ----------
    problem : str
        What was needed and what was found.
    hint : str, optional
        What to do about it.
    path : str or Path, optional
        The file at fault.
    line : int, optional
        The line in that file, counted from 1.

    Examples
    --------
    >>> print(SamestoryError("no date in column 'day'", hint="name it with date='…'", path="a.csv", line=3))
    a.csv, line 3: no date in column 'day'. To do: name it with date='…'.
    """

    def __init__(
        self,
        problem: str,
        *,
        hint: str | None = None,
        path: str | Path | None = None,
        line: int | None = None,
    ) -> None:
        self.problem, self.hint, self.path, self.line = problem, hint, path, line
        where = "" if path is None else f"{path}: " if line is None else f"{path}, line {line}: "
        what = problem.rstrip(".")
        todo = "" if hint is None else f" To do: {hint.rstrip('.')}."
        super().__init__(f"{where}{what}.{todo}")


class CorpusError(SamestoryError):
    """A corpus that cannot be read."""


class TableError(SamestoryError):
    """A table that lacks a column, or holds values of the wrong kind."""


class OptionError(SamestoryError):
    """An option with a value that the function cannot use."""


class OutputError(SamestoryError):
    """A place that cannot be written."""


class MissingExtraError(SamestoryError):
    """An optional dependency that is not installed.

    Examples
    --------
    >>> print(MissingExtraError.for_package("pyarrow", extra="scale", purpose="reading Parquet"))
    reading Parquet needs the package 'pyarrow', which is not installed.
    To do: pip install 'samestory[scale]'.
    """

    @classmethod
    def for_package(cls, package: str, *, extra: str, purpose: str) -> MissingExtraError:
        """Build the message that names the extra to install."""
        return cls(
            f"{purpose} needs the package '{package}', which is not installed",
            hint=f"pip install 'samestory[{extra}]'",
        )
