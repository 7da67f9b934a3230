"""What the tests use: tokens like those of Okta, orgs on 127.0.0.1, and tools that read files."""
