"""Proofs about policies: what holds for every request, decided exactly and without a solver.

A question about two sets of policies becomes a propositional formula for each class of actions, whose atoms speak of the resource and
of single context keys. Each of these fields has an exact decision procedure. An answer is *proved* only when nothing was left out,
*refuted* only with a request that the native evaluator confirms, and otherwise *undecided*, with the reason.
"""
