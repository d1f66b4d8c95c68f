"""Parts of `python tools/fuzz.py`: samples, their mutations, running genplan on them, and the properties checked."""
