"""What files of this format need."""

from genplan.execution import worker

worker.preload("docx")
