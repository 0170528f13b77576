"""What several pages show: the frame of a page, filters, rows of figures."""
