"""What a policy tests, read once from the intermediate representation.

A reading is data. It knows neither Rego nor JSON: `modules` prints it as Rego terms and `tables` as JSON, each with a match over
all its forms. `statements` is the entrance; below it are `actions`, `principals`, `resources` and `conditions`, which all end in
the tests of one text in `texts`.
"""
