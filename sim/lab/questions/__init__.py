"""What a user asks: run, compare, decompose, trace, calibrate, study, robust, query."""
