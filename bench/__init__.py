"""Benchmarks to run by hand. The tests measure no time."""
