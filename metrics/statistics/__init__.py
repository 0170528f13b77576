"""Statistics as pure functions on numbers, each with its source."""
