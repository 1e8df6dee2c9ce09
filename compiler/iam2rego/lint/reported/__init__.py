"""What other rooms report while they read and write: the meaning of each `Code`, with examples.

The checks are where the reading is done, and only what explains findings imports these texts.
"""
