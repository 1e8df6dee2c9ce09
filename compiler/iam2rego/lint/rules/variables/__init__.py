"""Variables, and text that was meant to be filled in."""
