"""The commands of `python -m geo`, one module a subject; words for people are English."""
