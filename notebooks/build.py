"""Execute every notebook without a network and store it with its outputs.

The py:percent file is the source; the .ipynb beside it is made from it. Run: python notebooks/build.py
"""

import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent

# Runs in the kernel first: loopback is the kernel's own line to its client, all else is refused. Tables in plain
# text are as wide on every machine.
OFFLINE = """
import os as _os
_os.environ["COLUMNS"] = "120"
del _os
import socket as _socket
_connect = _socket.socket.connect
def _refuse(self, address):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"the network is closed for notebooks; {address[0]} was asked for")
    return _connect(self, address)
_socket.socket.connect = _refuse
del _socket, _refuse
"""


def execute(source: Path, *, folder: Path = HERE) -> nbformat.NotebookNode:
    """Run a notebook offline in a folder, cells as given, and return it with outputs."""
    notebook = jupytext.read(source)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:02d}"  # random ids would make new bytes on every run
    guard = nbformat.v4.new_code_cell(OFFLINE)
    notebook.cells.insert(0, guard)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(folder)}}).execute()
    notebook.cells.pop(0)
    count = 0
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # wall-clock times
        if cell.cell_type == "code":
            count += 1
            cell["execution_count"] = count
            for output in cell.outputs:
                if "execution_count" in output:
                    output["execution_count"] = count
    # The versions of the machine at hand would change the file without changing a result.
    notebook.metadata = nbformat.from_dict({"kernelspec": notebook.metadata["kernelspec"]})
    return notebook


def main() -> None:
    """Execute the notebooks named on the command line, or all."""
    for source in (
        (Path(a).resolve() for a in sys.argv[1:]) if sys.argv[1:] else sorted(HERE.glob("[0-9]*.py"))
    ):
        target = source.with_suffix(".ipynb")
        nbformat.write(execute(source), target)
        print(target.relative_to(HERE.parent))


if __name__ == "__main__":
    main()
