"""Changes for a reviewer: as text, as a comment, as JSON, as annotations."""
