"""The mail room: channels, reception, receipts, routing and the clearing desk.

Keeps a document only until the carriers that are entitled to it have filed it.
"""
