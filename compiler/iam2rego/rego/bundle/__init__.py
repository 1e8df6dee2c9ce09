"""Assembles units, attachments and manifest to a bundle, and writes it to a folder or an archive."""
