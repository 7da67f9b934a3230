"""Tests of `org`."""
