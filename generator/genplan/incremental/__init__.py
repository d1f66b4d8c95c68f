"""What an earlier build wrote, and what of it is still up to date."""
