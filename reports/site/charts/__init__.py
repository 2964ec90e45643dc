"""The charts of a page: `chart` says what one is, each other module makes some, `templates/charts.html` draws them.

A place along an axis is in per cent of the drawing, not in pixels, so that every screen lays a chart out anew and its words keep
their size. An axis begins at 0 and is labelled. What a chart shows stands in its table too, under the names that the tables of the
downloads have for it.
"""
