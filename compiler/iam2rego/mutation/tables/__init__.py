"""Wrong tables made on purpose: what the packed layout holds of a policy, with one thing changed."""
