"""What keeps a bundle from being written or read."""


class OutputError(Exception):
    """Files that no build wrote are in the way, so they are left alone."""
