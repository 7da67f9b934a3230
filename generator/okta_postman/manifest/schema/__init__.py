"""The shape of a manifest: its JSON Schema, and what to say where a file does not fit it."""
