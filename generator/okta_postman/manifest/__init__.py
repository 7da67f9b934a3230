"""Manifests, read and written: a document becomes a manifest, and data becomes the text of one."""
