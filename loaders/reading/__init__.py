"""Bytes of a received file to rows of text, of which no cell is interpreted."""
