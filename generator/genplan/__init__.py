"""genplan: performance-assessment documents, computed and checked, from plans in Markdown."""

__version__ = "0.1.0"
