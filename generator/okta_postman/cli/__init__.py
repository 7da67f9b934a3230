"""The command line: one file a verb, which reads arguments, calls one function and prints."""
