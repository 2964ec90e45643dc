"""One plain function for each stage of a run; the assets call them."""
