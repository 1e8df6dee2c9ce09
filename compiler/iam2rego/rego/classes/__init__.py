"""Classes of actions: decides at build time which actions each caller's policies always, never or sometimes allow."""
