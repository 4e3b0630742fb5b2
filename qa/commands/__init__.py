"""The commands of ``qa``, one module each, imported when they run."""
