"""The report to hand on: one area or company on two printed pages, as HTML, Markdown or PDF."""
