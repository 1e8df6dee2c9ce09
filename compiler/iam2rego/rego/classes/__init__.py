"""Classes of actions: what of each caller's policies bears on an action, worked out at build time."""
