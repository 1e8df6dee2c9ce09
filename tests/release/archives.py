"""Wheel and sdist with the same bytes wherever and whenever they are built."""

import gzip
import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

_BUILD = "import sys; from setuptools import build_meta as backend; getattr(backend, f'build_{sys.argv[1]}')(sys.argv[2])"


def built(checkout: Path, folder: Path) -> Sequence[Path]:
    """Return the wheel and the sdist of what git has at HEAD, made below ``folder``: the wheel from the sdist."""
    epoch = int(_git(checkout, "log", "-1", "--format=%ct"))
    source = folder / "source"
    _unpack(io.BytesIO(_git(checkout, "-c", "tar.umask=0022", "archive", "--format=tar", "HEAD")), source)
    made = folder / "dist"
    made.mkdir()
    _run("sdist", source, made, epoch)
    (sdist,) = made.iterdir()
    _level(sdist, epoch)
    _unpack(io.BytesIO(gzip.decompress(sdist.read_bytes())), folder / "unpacked")
    (unpacked,) = (folder / "unpacked").iterdir()
    _run("wheel", unpacked, made, epoch)
    (wheel,) = made.glob("*.whl")
    return wheel, sdist


def digests(files: Iterable[Path]) -> str:
    """Return a line for each file, as `sha256sum` prints it."""
    return "".join(f"{sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)


def _git(checkout: Path, *words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=checkout, check=True, stdout=subprocess.PIPE).stdout


def _unpack(archive: io.BytesIO, folder: Path) -> None:
    with tarfile.open(fileobj=archive) as opened:
        opened.extractall(folder, filter="data")


def _run(kind: str, source: Path, into: Path, epoch: int) -> None:
    """Let setuptools, which is installed here, build in ``source``."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(epoch)}
    subprocess.run(
        [sys.executable, "-c", _BUILD, kind, into], cwd=source, check=True, env=environment, stdout=subprocess.DEVNULL, umask=0o022
    )


def _level(sdist: Path, epoch: int) -> None:
    """Take out of an sdist what depends on time and place: setuptools writes the times of the build, and who built."""
    with tarfile.open(sdist) as archive:
        members = sorted(archive.getmembers(), key=lambda member: member.name)
        contents = [(member, file.read() if (file := archive.extractfile(member)) else None) for member in members]
    tarred = io.BytesIO()
    with tarfile.open(fileobj=tarred, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for member, content in contents:
            level = tarfile.TarInfo(member.name)
            level.size, level.type, level.mtime = member.size, member.type, epoch
            level.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            archive.addfile(level, None if content is None else io.BytesIO(content))
    sdist.write_bytes(gzip.compress(tarred.getvalue(), mtime=epoch))
