"""What PDFs by this engine need."""

from genplan.execution import worker

worker.preload("weasyprint")
