"""Reads the collections and environments that are there already, as records of no format."""
