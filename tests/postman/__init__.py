"""Tests of `postman`."""
