"""Engines that decide requests, native and OPA, behind one protocol."""
