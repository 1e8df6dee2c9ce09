"""Compiles sources to the units of a bundle. Unchanged files come from the cache, the others are compiled on all processors."""

from iam2rego.building.cache import Cache
from iam2rego.building.compiling import Compiled, compile_sources
from iam2rego.building.recipe import Recipe

__all__ = ["Cache", "Compiled", "Recipe", "compile_sources"]
