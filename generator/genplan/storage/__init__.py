"""Where files are kept: folders and URLs, written atomically, one build at a time."""
