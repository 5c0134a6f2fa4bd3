"""Scores: extraction on gold readings, the language model on test sets, and what others have published beside ours."""
