"""What a reviewer judges: requests with their scopes, changes, grants, the scope matrix."""
