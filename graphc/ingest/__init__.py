"""Other people's graphs become ours."""
