"""A bundle: units put together, attachments, manifest, and its way into a folder or an archive."""
