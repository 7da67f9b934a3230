"""A description becomes a Postman workspace: names, order, ids, auth, scripts, variables."""
