"""Lists the packages: the grammar folder at the top level is part of the one package `iam2rego`."""

from setuptools import find_packages, setup

setup(packages=[*find_packages("compiler"), "iam2rego.grammar"])
