"""What to build from which plan, who builds it, and where it goes."""
