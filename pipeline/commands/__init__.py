"""The commands of trackmix that do work, one file for each group of them."""
