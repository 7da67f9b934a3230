"""Tests of `manifest.schema`."""
