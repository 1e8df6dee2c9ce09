"""Writes the modules of all goldens anew, as the compiler emits them now: `.venv/bin/python -m tests.golden.rewrite`."""

from tests.support.goldens import GOLDENS, compiled, kept


def main() -> None:
    """Compile what every folder holds."""
    for golden in GOLDENS:
        for name in kept(golden):
            (golden / name).unlink()
        for name, text in compiled(golden).items():
            (golden / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
