"""The vocabulary of Poststelle: frozen values, lifecycles, errors and ports.

Pure Python and no I/O: nothing here opens a file, a socket or a database, so every
other package may import it and it imports none of them.
"""
