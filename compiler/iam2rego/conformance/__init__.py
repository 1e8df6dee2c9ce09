"""Asks two engines the same requests, made from policies, and compares their decisions as whole documents."""
