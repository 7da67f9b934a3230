"""Tests of each package, and of the whole program."""
