"""Plans: the format, its reading, and what must hold for it to make sense."""
