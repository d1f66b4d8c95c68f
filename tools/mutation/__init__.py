"""Parts of tools/mutants.py: `changes` lists small changes of code, and `trial` runs tests with one of them."""
