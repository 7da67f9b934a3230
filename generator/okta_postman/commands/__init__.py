"""What each verb does, without a terminal: one function a verb, which returns data."""
