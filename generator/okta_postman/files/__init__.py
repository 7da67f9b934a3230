"""Reads, compares and writes files, whatever is in them."""
