"""Archives as operators make them: built first, then packed."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess


def bundled(run: Callable[..., CompletedProcess[str]], source: Path, *words: str | Path, build: tuple[str | Path, ...] = ()) -> None:
    """Build a ``source``, by the options ``build``, in a folder beside it; pack that by the options ``words`` of `bundle`."""
    built = source.parent / "built"
    run("build", source, "-o", built, *build).check_returncode()
    done = run("bundle", built, *words, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
