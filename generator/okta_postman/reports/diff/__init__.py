"""What changed, for a reviewer: as text, as a comment, as data, as annotations."""
