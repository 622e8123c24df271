"""How sure each rule is: its measured precision."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["RULE_PRECISION", "SPEAKERLESS"]

#: Share of attributions that were right in speaker and content, by rule.
RULE_PRECISION: Mapping[str, float] = MappingProxyType({})
SPEAKERLESS = 0.3
