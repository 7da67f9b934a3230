"""A manifest to a Postman workspace: names, order, IDs, auth, scripts, variables, documentation."""
