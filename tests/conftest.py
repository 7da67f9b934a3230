"""Settings that every test shares."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# How fast an example runs says something about the machine, and nothing about the program.
settings.register_profile("patient", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("patient")
