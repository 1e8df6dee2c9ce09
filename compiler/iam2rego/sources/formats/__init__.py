"""The forms in which files hold policies, one module each."""
