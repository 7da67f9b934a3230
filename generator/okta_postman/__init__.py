"""Postman collections for Okta's APIs, generated from one YAML file, the manifest."""
