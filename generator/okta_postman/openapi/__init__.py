"""OpenAPI documents become operations with their scopes, and operations become a manifest.

Reads OpenAPI 3.0 and 3.1. What cannot be used is a problem with its position, and the rest is read
all the same; no `$ref` is resolved over the network.
Source: https://spec.openapis.org/oas/v3.1.1.
"""
