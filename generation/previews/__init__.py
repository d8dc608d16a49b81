"""Previews: the report that a template's draft makes of one set of example documents, written block by block.

There is one for each example case. It follows the draft (`follow_draft`) and says of each block whether what
stands there is what the draft would give now; nothing is written by itself. `refresh` writes blocks, from
what was answered to the very same question before or by one call each.
"""

from generation.previews.costs import BlockCost, add_up, costs
from generation.previews.following import Followed, follow_draft
from generation.previews.refreshing import refresh, refresh_all
from generation.previews.report import find_preview
from generation.previews.standing import BlockStanding, Standing

__all__ = [
    "BlockCost",
    "BlockStanding",
    "Followed",
    "Standing",
    "add_up",
    "costs",
    "find_preview",
    "follow_draft",
    "refresh",
    "refresh_all",
]
