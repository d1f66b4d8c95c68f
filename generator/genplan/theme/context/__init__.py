"""What templates see: plain dictionaries, lists, text, numbers and dates, made from plans and scorecards.

docs/adding-a-kind.md lists it; a test holds the two together.
"""

from genplan.theme.context.pay import pay_context, person_pay_context
from genplan.theme.context.person import person_context, result_context
from genplan.theme.context.plan import plan_context
from genplan.theme.context.report import report_context
from genplan.theme.context.summary import summary_context

__all__ = ["pay_context", "person_context", "person_pay_context", "plan_context", "report_context", "result_context", "summary_context"]
