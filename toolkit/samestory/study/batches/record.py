"""Where the results of a work_dir were saved, so that one that stands there whole is not written again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

import pandas as pd

from samestory.study.batches.durable import write_whole
from samestory.study.batches.plan import content_key

__all__ = ["Record"]

_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Record:
    """What one run was made of, and the folders that hold its result.

    Attributes
    ----------
    root : Path
        The work_dir.
    made_of : str
        Steps and keys of all results behind the run.
    """

    root: Path
    made_of: str

    def key(self, *options: object) -> str:
        """Name the files of a result: what they are made of, how they are written, and by which code."""
        return content_key(pd.DataFrame(), self.made_of, *options, of="files")

    def holds(self, folder: Path, key: str) -> bool:
        """Say whether a folder holds this result to the last byte."""
        noted = self._noted().get(str(folder.resolve()))
        manifest = folder / _MANIFEST
        if noted is None or not manifest.is_file() or noted != [key, file_hash(manifest)]:
            return False
        outputs = json.loads(manifest.read_bytes())["outputs"]
        found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        return found == {*outputs, _MANIFEST} and all(file_hash(folder / n) == h for n, h in outputs.items())

    def note(self, folder: Path, key: str) -> None:
        """Remember that a folder holds this result."""
        noted = self._noted() | {str(folder.resolve()): [key, file_hash(folder / _MANIFEST)]}
        write_whole(self.root / "saved.json", json.dumps(noted, indent=1, sort_keys=True).encode())

    def _noted(self) -> dict[str, list[str]]:
        try:
            noted: dict[str, list[str]] = json.loads((self.root / "saved.json").read_bytes())
        except (OSError, ValueError):  # none yet, or damaged: then everything is written anew
            return {}
        return noted


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
