"""The file drop: files in, answers out, unattended; nothing lost, nothing done twice."""

from edi_hit.exchange.drop.plan import DropPlan, PlannedFolder, read_plan
from edi_hit.exchange.drop.run import DropRun
from edi_hit.exchange.drop.status import DropStatus, drop_status
from edi_hit.exchange.drop.surroundings import Surroundings

__all__ = ["DropPlan", "DropRun", "DropStatus", "PlannedFolder", "Surroundings", "drop_status", "read_plan"]
