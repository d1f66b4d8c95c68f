"""Results: what people reached, read from CSV, workbooks and YAML, with every value's place."""
