"""What is true of Okta, whatever is made of it: hosts, authorization servers, scopes, endpoints."""
