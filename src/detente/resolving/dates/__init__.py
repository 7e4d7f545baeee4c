"""How dates are told: the words, the grammar of phrases, what they say, and the line an account moves along."""
