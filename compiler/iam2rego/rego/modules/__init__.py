"""The readable layout: a Rego module for each policy, whose rules are the readings of its statements as Rego terms."""
