"""The workspace, and its plans with their people's results and scorecards."""
