"""Random policy sets and requests decided on both engines, and a disagreement made as small as it gets (the extra `random`)."""
