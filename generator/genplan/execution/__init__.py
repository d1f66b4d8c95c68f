"""Making documents: jobs, the processes and clusters that run them, and their limits."""
