"""A document becomes a description: first the grammar, then the rules."""
