"""A layer that a viewer brought: what it has to say, and what may be asked of it."""
