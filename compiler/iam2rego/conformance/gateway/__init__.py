"""Gateways: makes documents from a gateway's file and follows each to its decision, on OPA and natively."""
