"""Talks to an org: its metadata, checks without a sign-in, and signing in."""
