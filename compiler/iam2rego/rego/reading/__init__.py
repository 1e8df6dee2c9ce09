"""Reads from the IR what a policy tests, once for both layouts.

A reading is data, independent of Rego and JSON: `modules` turns it into Rego terms and `tables` into JSON, each with a match over all
forms. Start with `statements`; it uses `actions`, `principals`, `resources` and `conditions`, which all lead to the tests of one text in
`texts`.
"""
