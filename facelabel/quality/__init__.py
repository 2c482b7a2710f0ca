"""Is a label right, and do people agree? Suspicions about labels, their history, and agreement of people."""
