"""The workspace, and its plans with their people's results and scorecards."""

SETTINGS = "genplan.yml"
"""The file that makes a folder a workspace."""
