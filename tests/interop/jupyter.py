"""A JupyterLab server of its own, and notebooks run in it through a browser."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.interop.chromium import Page

ROOT = Path(__file__).parents[2]
_SETTINGS = {
    "apputils-extension/notification": '{"fetchNews": "false", "checkForUpdates": false}',
    "notebook-extension/tracker": '{"windowingMode": "none"}',  # every cell is on the page
}
_READY = "window.jupyterapp && jupyterapp.restored.then(() => true)"
_CURRENT = "jupyterapp.shell.currentWidget"
_LOADED = f"{_CURRENT} && {_CURRENT}.context && {_CURRENT}.context.isReady"
_IDLE = f"{_CURRENT}.sessionContext.session?.kernel?.status === 'idle'"


@contextmanager
def lab(folder: Path, python: str = sys.executable) -> Iterator[str]:
    """The address of a JupyterLab over a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [python, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}",
               "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--expose-app-in-browser",
               "--LabApp.extension_manager=readonly",
               f"--ServerApp.root_dir={folder}"]  # fmt: skip
    settings = folder / ".jupyter" / "settings"
    for name, text in _SETTINGS.items():
        path = settings / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    homes = {
        name: str(folder / ".jupyter")
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    homes["JUPYTERLAB_SETTINGS_DIR"] = str(settings)  # fmt: skip
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL,
                              env=os.environ | homes | {"PYTHONPATH": paths})  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/api", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if server.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)


def write_notebook(path: Path, cells: Sequence[str]) -> None:
    """Write a notebook of cells of code."""
    code: list[dict[str, object]] = [
        {"cell_type": "code", "id": f"c{k}", "metadata": {}, "source": text, "outputs": [],
         "execution_count": None}
        for k, text in enumerate(cells)
    ]  # fmt: skip
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"cells": code, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), "utf-8")


def run_notebook(page: Page, address: str, name: str, seconds: float = 120) -> None:
    """Open a notebook, run all its cells, and wait until the last has run."""
    page.open(f"{address}/lab/tree/{name}?reset", 1280, 1000)
    page.wait_for(_READY)
    page.wait_for(_LOADED)
    page.wait_for(_IDLE)
    page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
    cells = f"{_CURRENT}.content.widgets.filter(c => c.model.type === 'code')"
    page.wait_for(f"{cells}.every(c => c.model.executionCount !== null || !c.model.sharedModel"
                  f".getSource()) && {_IDLE}", seconds)  # fmt: skip
