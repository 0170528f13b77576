"""Pages on which figures rest: definitions, data, registers, quality."""
