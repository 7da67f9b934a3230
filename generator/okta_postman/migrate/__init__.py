"""Turns Postman collections that use an API token into ones that use OAuth 2.0 with PKCE."""
