"""The workbook that results are filled in: a sheet to fill in, and two that score and rank it by formulas as the plan says."""
