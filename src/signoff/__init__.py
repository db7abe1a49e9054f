"""signoff: walk a production-readiness checklist in a go/no-go meeting, leave with a signed report."""

__version__ = "0.1.0"
