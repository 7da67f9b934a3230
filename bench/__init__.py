"""Measurements that people run; the tests keep no time."""
