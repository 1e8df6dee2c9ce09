"""Runs the command line as ``python -m iam2rego``.

Python then looks for modules in the working directory first, before any code of ours runs. In somebody else's repository run
``iam2rego`` or ``python -P -m iam2rego``, which do not.
"""

from iam2rego.cli.main import main

main()
