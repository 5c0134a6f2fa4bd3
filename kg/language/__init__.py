"""Text to spaCy Doc: sentences, tags, lemmas, dependency parse and names by one small shipped encoder."""
