"""The modules layout: policies as Rego modules, statements as rules."""
