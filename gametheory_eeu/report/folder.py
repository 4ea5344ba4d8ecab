"""Folder of results with a manifest; files outside the manifest are never overwritten."""

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
        self.known = self._read_manifest()

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
                raise _foreign_file_error(target)
        self._create()

    def write(self, files: Mapping[str, bytes]) -> None:
        """Write files, and the manifest whatever happens, so that the next run knows its own."""
        self.refuse_to_overwrite(files)
        digests = dict(self.known)
        try:
            for name, content in files.items():
                target = self.path / name
                target.parent.mkdir(parents=True, exist_ok=True)
                digests[name] = sha256(content).hexdigest()
                target.write_bytes(content)
        except OSError as error:
            raise GameTheoryError(f"cannot write {error.filename}: {error.strerror}") from None
        finally:
            lines = [HEADER, *(f"{digests[name]}  {name}" for name in sorted(digests)), ""]
            (self.path / MANIFEST).write_text("\n".join(lines), encoding="utf-8", newline="\n")
        self.known = digests

    def _read_manifest(self) -> dict[str, str]:
        path = self.path / MANIFEST
        if path.is_symlink():
            raise _foreign_file_error(path)
        try:
            header, *lines = path.read_text("utf-8").splitlines() or [""]
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, UnicodeDecodeError):
            raise GameTheoryError(f"cannot read {path}") from None
        matches = [_LINE.fullmatch(line) for line in lines]
        if header != HEADER or None in matches:
            raise _foreign_file_error(path)
        return {match[2]: match[1] for match in matches if match}

    def _create(self) -> None:
        """Create the folder and check that it is writable, before any work is done."""
        probe = self.path / f".{MANIFEST}.trial"
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            probe.touch()
            probe.unlink()
        except FileExistsError:
            raise GameTheoryError(f"{self.path} is a file; name a folder with --output") from None
        except OSError as error:
            raise GameTheoryError(f"cannot write to {self.path}: {error.strerror}") from None


def _foreign_file_error(path: Path) -> GameTheoryError:
    return GameTheoryError(
        f"{path} was not made by this command, or has changed since; "
        "move it away, or give another folder with --output"
    )


def _digest(path: Path) -> str:
    is_regular = path.is_file() and not path.is_symlink()
    return sha256(path.read_bytes()).hexdigest() if is_regular else "not a file of this command"
