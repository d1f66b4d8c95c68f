"""What files of this format need."""

from generator.build import worker

worker.preload("generator.writers.docx")
