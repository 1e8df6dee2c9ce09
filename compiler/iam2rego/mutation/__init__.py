"""Mutation testing: the back end's output with one deliberate error.

It shows how much `conform` can find: a mutant that no generated request distinguishes from the correct output is an error that
`conform` would miss.
"""
