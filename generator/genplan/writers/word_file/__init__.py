"""Word files that people hand in: templates, and the reference that styles are taken from.

Whatever such a file holds goes on to everybody who gets a document. So it is opened with care (`opening`), its fields are allowed by a list
(`fields`), and so is what its parts are and refer to (`contents`). What is wrong is told with the paragraph or the part (`places`).
"""
