"""The language server (`genplan lsp`): diagnostics, completion and help for plans while they are edited.

The modules are functions of a text and a position in it; `server.py` implements the protocol.
"""
