"""The look and the words of documents: brand, templates, locales, fonts, and the trees they render to."""
