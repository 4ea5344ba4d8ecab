"""Put together what the page "Try it" runs on: ``python docs/_ext/browser_parts.py SITE``.

Python for browsers (Pyodide, by npm), the wheels that the library needs to solve games (by pip) and
the library itself go into the built site. The site works without; the page then says what is
missing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parents[1] / "gametheory_eeu"
PLACE = "_static/try/parts"
PYODIDE = "pyodide@^314"
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip",
           "pyodide-lock.json")  # fmt: skip
WHEELS = ("mpmath", "python-flint", "rich", "sympy", "z3-solver")


def fetch_runtime(scratch: Path, target: Path) -> None:
    """Pyodide's own files."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("there is no npm; apt-get install npm provides it")
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    subprocess.run([npm, "install", *quiet, "--prefix", str(scratch), PYODIDE], check=True)
    for name in RUNTIME:
        shutil.copy(scratch / "node_modules" / "pyodide" / name, target)


def fetch_wheels(target: Path) -> None:
    """The wheels for the Python that Pyodide is."""
    info = json.loads((target / "pyodide-lock.json").read_text("utf-8"))["info"]
    major, minor, *_ = info["python"].split(".")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
               "--dest", str(target), "--only-binary=:all:",
               f"--platform=pyemscripten_{info['abi_version']}_wasm32",
               "--implementation=cp", f"--python-version={major}.{minor}",
               f"--abi=cp{major}{minor}", "--abi=none", *WHEELS]  # fmt: skip
    subprocess.run(command, check=True)


def pack_library(target: Path) -> None:
    """The library as it is here, and what the page asks of it."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.write(HERE / "answers.py", "answers.py")
        for file in sorted(PACKAGE.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                archive.write(file, file.relative_to(PACKAGE.parent))


def main(site: Path) -> None:
    """Fetch everything, then move it into the site at once."""
    with TemporaryDirectory() as folder:
        scratch, parts = Path(folder), Path(folder) / "parts"
        parts.mkdir()
        fetch_runtime(scratch, parts)
        fetch_wheels(parts)
        pack_library(parts / "library.zip")
        archives = sorted(file.name for file in parts.iterdir() if file.suffix == ".whl")
        size = sum(file.stat().st_size for file in parts.iterdir())
        text = json.dumps({"archives": [*archives, "library.zip"], "bytes": size})
        (parts / "parts.json").write_text(text, "utf-8")
        shutil.rmtree(site / PLACE, ignore_errors=True)
        shutil.copytree(parts, site / PLACE)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
