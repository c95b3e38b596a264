"""One carrier's realm: case files, index and search, messages to its Fachverfahren, audit.

Opens the letters that the mail room sealed for it, and nothing else.
"""
