"""Gateways: documents made from a gateway's file, and the whole way from each to the decision, on OPA and natively."""
