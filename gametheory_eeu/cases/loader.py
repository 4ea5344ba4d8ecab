"""Loader of a case from a Python file, or from a folder with one."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from traceback import extract_tb
from types import ModuleType

from gametheory_eeu.cases.case import Case
from gametheory_eeu.core import arguments as arg
from gametheory_eeu.errors import GameTheoryError

FILE, NAME = "case.py", "CASE"


def load_case(path: str | Path) -> Case:
    """Load a case from a file that defines ``CASE``, and check that everything fits.

    Parameters
    ----------
    path : path
        A Python file, or a folder that holds ``case.py``. The file is run.

    Raises
    ------
    GameTheoryError
        There is no such file, it does not run, it defines no case, or the case does not fit.
    """
    file = _file(arg.path("case", path))
    module = _run(file)
    case = getattr(module, NAME, None)
    if not isinstance(case, Case):
        raise GameTheoryError(
            f"{file} defines no case; write {NAME} = eeu.Case.from_csv(…) or "
            f"{NAME} = eeu.Case(…) in it"
        )
    case.check()
    return replace(case, path=file)


def _file(path: Path) -> Path:
    file = path / FILE if path.is_dir() else path
    if not file.is_file() or file.suffix != ".py":
        reason = f"{path} is no Python file" if path.exists() else f"there is no file {path}"
        what = f"{path} is a folder without {FILE}" if path.is_dir() else reason
        raise GameTheoryError(
            f"{what}; name a Python file that defines {NAME}, or a folder with {FILE}"
        )
    return file.resolve()


def _run(file: Path) -> ModuleType:
    """Run the file as a module; its folder is where it imports others from."""
    name = f"{file.stem}_of_case"
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise GameTheoryError(f"{file} is no Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(file.parent))
    try:
        spec.loader.exec_module(module)
    except GameTheoryError:
        raise
    except Exception as error:
        raise GameTheoryError(f"{_place(file, error)}: {type(error).__name__}: {error}") from error
    finally:
        sys.path.remove(str(file.parent))
    return module


def _place(file: Path, error: Exception) -> str:
    lines = [frame.lineno for frame in extract_tb(error.__traceback__)
             if Path(frame.filename) == file]  # fmt: skip
    line = getattr(error, "lineno", None) or (lines[-1] if lines else None)
    return f"{file}, line {line}" if line else str(file)
