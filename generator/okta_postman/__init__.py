"""Postman collections for Okta's APIs, generated from one YAML description."""
