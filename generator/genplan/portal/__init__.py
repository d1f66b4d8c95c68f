"""The page from which HR finds and downloads what was built."""
