"""The folder of results: it holds a manifest, and no file that is not in it is ever overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from gametheory_eeu.errors import GameTheoryError

MANIFEST = "manifest.sha256"
"""One line a file, ``<SHA-256>  <name>``: what ``sha256sum --check`` reads."""

HEADER = "# Made by gametheory_eeu; do not edit: it says which files may be written anew."
"""The first line of a manifest of this library; ``sha256sum`` takes it for a comment."""

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


class Folder:
    """A folder that this library writes to.

    Parameters
    ----------
    path : path
        Created when first written to, if it does not exist.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.known = self._manifest()

    def refuse_to_overwrite(self, names: Iterable[str]) -> None:
        """Refuse files of other makers, or changed since they were made, and unwritable folders.

        Raises
        ------
        GameTheoryError
            Names the first such file.
        """
        for name in names:
            target = self.path / name
            if (target.is_symlink() or target.exists()) and self.known.get(name) != _digest(target):
                raise _foreign(target)
        self._prepare()

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files, and the manifest whatever happens, so that the next run knows its own."""
        self.refuse_to_overwrite(files)
        written = dict(self.known)
        try:
            for name, content in files.items():
                target = self.path / name
                target.parent.mkdir(parents=True, exist_ok=True)
                written[name] = sha256(content).hexdigest()
                target.write_bytes(content)
        except OSError as error:
            raise GameTheoryError(f"cannot write {error.filename}: {error.strerror}") from None
        finally:
            lines = [HEADER, *(f"{written[name]}  {name}" for name in sorted(written)), ""]
            (self.path / MANIFEST).write_text("\n".join(lines), encoding="utf-8", newline="\n")
        self.known = written

    def _manifest(self) -> dict[str, str]:
        path = self.path / MANIFEST
        if path.is_symlink():
            raise _foreign(path)
        try:
            head, *lines = path.read_text("utf-8").splitlines() or [""]
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, UnicodeDecodeError):
            raise GameTheoryError(f"cannot read {path}") from None
        found = [_LINE.fullmatch(line) for line in lines]
        if head != HEADER or None in found:
            raise _foreign(path)
        return {match[2]: match[1] for match in found if match}

    def _prepare(self) -> None:
        """Create the folder and see that it takes a file, before any work is done."""
        trial = self.path / f".{MANIFEST}.trial"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            trial.touch()
            trial.unlink()
        except FileExistsError:
            raise GameTheoryError(f"{self.path} is a file; name a folder with --output") from None
        except OSError as error:
            raise GameTheoryError(f"cannot write to {self.path}: {error.strerror}") from None


def _foreign(path: Path) -> GameTheoryError:
    return GameTheoryError(
        f"{path} was not made by this command, or has changed since; "
        "move it away, or give another folder with --output"
    )


def _digest(path: Path) -> str:
    own = path.is_file() and not path.is_symlink()
    return sha256(path.read_bytes()).hexdigest() if own else "not a file of this command"
