"""Runs the command line as ``python -m iam2rego``."""

from iam2rego.cli.main import main

main()
