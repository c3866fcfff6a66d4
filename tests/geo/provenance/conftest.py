from tests.geo.export.conftest import content, origin

__all__ = ["content", "origin"]
