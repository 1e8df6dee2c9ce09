"""Facts about AWS: the actions, condition keys and services that there are."""
