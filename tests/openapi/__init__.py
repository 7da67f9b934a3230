"""Tests of `openapi`."""
