"""What `python tools/fuzz.py` is made of: samples, changes made to them, genplan run on them, and what must hold of what it says."""
