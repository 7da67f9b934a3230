"""What must be true of a manifest that has the right shape."""
