"""YAML and JSON text to plain data and back, and the position of each part of a document.

Reads the events of the YAML parser instead of its objects, so that `no`, `010`, `12:30` and dates
stay as typed, duplicate keys are reported, nothing recurses, and an alias counts for what it
expands to. The only package that imports yaml and orjson.
"""
