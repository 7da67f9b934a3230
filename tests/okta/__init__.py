"""Tests of `okta`."""
