"""Build the wheel and the sdist, have twine look at both, install each, and solve a game with it.

``python -m tests.distributions`` from the root of the project. Each is installed without what it
needs into an environment of its own, which reads the packages of the one that runs this.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
USE = """
import sys
from pathlib import Path
import gametheory_eeu as eeu
assert Path(eeu.__file__).is_relative_to(sys.prefix), eeu.__file__
assert eeu.cite().bibtex and eeu.article.claims() and eeu.propositions()
for equilibrium in eeu.CredibleCommitment().solve():
    assert equilibrium.verify().verdict == "proved"
print(eeu.__version__)
"""


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Run a command, and show what it printed where it fails."""
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def used(distribution: Path, place: Path) -> str:
    """The version that an installed distribution says it is, after it solved a game."""
    venv.create(place, with_pip=True)
    python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    purelib = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    needed = [folder for folder in sys.path if Path(folder).name == "site-packages"]
    Path(purelib, "what_it_needs.pth").write_text("\n".join(needed) + "\n")
    install = (
        "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--ignore-installed"
    )  # fmt: skip
    run(python, *install, distribution)
    return run(python, "-I", "-c", USE, cwd=place).strip()


def main() -> int:
    """Build, look, install and use; say what was used."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "dist")
        run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out)
        made = sorted(out.iterdir())
        assert [file.name[-7:] for file in made] == ["any.whl", ".tar.gz"], made
        run(sys.executable, "-m", "twine", "check", "--strict", *made)
        for number, file in enumerate(made):
            print(f"{file.name}: {used(file, Path(folder, str(number)))}, {file.stat().st_size} B")
    return 0


if __name__ == "__main__":
    sys.exit(main())
