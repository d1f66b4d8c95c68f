"""`genplan lsp`: what editors are told of a plan while it is written.

The modules have functions of a text and a place in it; `server.py` speaks the protocol.
"""
