"""What a posting means: places, pay, level and workplace, each judged once for every source."""
