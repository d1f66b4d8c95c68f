"""What users write, read with its places: text, YAML, front matter, and models that check it."""
