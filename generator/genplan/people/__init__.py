"""People and their results: who is assessed and what they reached, read from CSV, workbooks and YAML, with every value's place."""
