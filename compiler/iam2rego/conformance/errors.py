"""What ends a comparison."""


class EngineError(Exception):
    """An engine failed to decide. That is neither a deny nor any other decision."""
