"""Talks to an org: what it says of itself, what it makes of a sign-in, and signing in."""
