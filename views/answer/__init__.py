"""Pages that answer for what was done: to inspectors, boards and the public."""
