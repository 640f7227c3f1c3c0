"""Small disks and folders that cannot be written, for tests; both skip where they cannot be had."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def mounted(*arguments: str) -> bool:
    """Whether something could be mounted, which only the superuser may do, and not in every container."""
    return os.geteuid() == 0 and subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder: Path, megabytes: int = 2) -> Iterator[Path]:
    """A folder on a disk of its own."""
    folder.mkdir()
    if not mounted("-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)):
        pytest.skip("no small disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def read_only_folder(folder: Path) -> Iterator[None]:
    """A folder that can only be read. The superuser may write everywhere, so the file system must say no."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
        return
    if not mounted("--bind", str(folder), str(folder)):
        pytest.skip("the superuser may write everywhere, and nothing can be mounted here")
    try:
        if not mounted("-o", "remount,bind,ro", str(folder)):
            pytest.skip("nothing can be mounted read-only here")
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
