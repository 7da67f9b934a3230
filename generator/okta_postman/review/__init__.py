"""What a reviewer judges: requests with their scopes, what changed in them, grants, the matrix."""
