"""The shape of a manifest: its JSON Schema, its types, and messages for what does not fit."""
