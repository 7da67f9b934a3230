"""An OpenAPI document becomes operations with the scopes they need, and those a description.

Reads OpenAPI 3.0 and 3.1. What cannot be used is a problem at its line, and the rest goes on; no
`$ref` is ever followed over the network. Source: https://spec.openapis.org/oas/v3.1.1.
"""
