"""From actuals to scores, totals, grades and ranks; exact until the rounding a plan declares."""
