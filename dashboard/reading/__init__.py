"""Articles that somebody brings to be read: in the background, in memory only, and into the register where that is asked for."""
