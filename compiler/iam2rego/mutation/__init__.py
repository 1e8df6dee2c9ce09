"""Wrong outputs made on purpose: what the back end prints with one thing changed.

They tell how much an agreement of the engines is worth: a mutant that no generated request tells from the right output is an
error that `conform` would miss.
"""
