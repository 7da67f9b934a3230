"""What the tests stand on: Okta-shaped tokens, a stand-in org, and the tools that judge a file."""
