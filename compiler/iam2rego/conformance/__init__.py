"""Two engines, the same questions: requests made from policies, their decisions compared as whole documents."""
