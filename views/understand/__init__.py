"""Pages that explain a figure."""
