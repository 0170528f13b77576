"""Statistical disclosure control: what the scrutiny audience may be told."""
