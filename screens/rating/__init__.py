"""Rating a service in five grades (好差评)."""
