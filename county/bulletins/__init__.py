"""Emergencies: plans that two people activate, their bulletins, what must be published when (docs/emergencies.md)."""
