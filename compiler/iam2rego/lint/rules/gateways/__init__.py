"""Gateways, with the policies behind them."""
