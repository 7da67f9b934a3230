"""What each verb does, without a terminal: functions that read files and return frozen data."""
