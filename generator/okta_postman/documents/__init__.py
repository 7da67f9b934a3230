"""YAML text becomes plain data, and a side table says where each part of it stands.

The only room that imports yaml. It reads the parser's events instead of its objects: so `no`,
`010`, `12:30` and dates stay what the user typed, duplicate keys are seen, nothing recurses, and an
alias counts for what it expands to.
"""
