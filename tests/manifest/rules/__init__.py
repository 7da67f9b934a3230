"""Tests of `manifest.rules`."""
