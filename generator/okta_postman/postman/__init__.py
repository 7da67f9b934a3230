"""A Postman workspace as data, and the formats that it is written in.

Knows nothing of manifests; what it knows of Okta is what a credential looks like.
"""
