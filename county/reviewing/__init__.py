"""Three-step review of revisions: who may review what, what waits for whom and until when (docs/reviewing.md)."""
