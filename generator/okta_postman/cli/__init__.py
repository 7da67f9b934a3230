"""The command line: one file a verb, which reads arguments, calls a command and prints a report."""
