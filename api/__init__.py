"""Everything HTTP: routes for the map page, layers and health, and the security headers."""
