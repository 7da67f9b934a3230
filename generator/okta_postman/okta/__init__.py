"""Facts about Okta: org URLs, authorization servers, scopes, endpoints, operations, credentials."""
