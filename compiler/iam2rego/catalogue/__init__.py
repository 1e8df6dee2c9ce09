"""Facts about AWS: its services, actions and condition keys."""
