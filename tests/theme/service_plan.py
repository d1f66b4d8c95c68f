"""A plan that most kinds of documents are built for, for tests to add keys to."""

SERVICE_PLAN = """\
---
schema: 1
title: 绩效考核方案
department: 客服部
position: 客服专员
period: 2026-Q3
indicators: [{name: 质量, weight: 60%}, {name: 效率, weight: 40%}]
grades: [{name: 优秀, from: 90}, {name: 合格, from: 0}]
improvement: 优秀
appeal: {window: 5个工作日, handler: 工会}
"""
"""Its front matter, not closed."""
