"""Training of the language model, with torch and transformers: `pip install conflict-kg[train]`."""
