"""What documents can reach: pictures of the theme and of the pictures folder, and nothing else (docs/it/security.md).

Templates and style sheets may come from strangers. Here their output is looked at before any writer sees it: `tree` allows elements and
attributes by a list, `styles` bars what style sheets could load, `pictures` and `vectors` let through files that are the pictures they are
called, and `fonts` fonts.
"""
