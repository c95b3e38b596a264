"""The package: one ZIP with a message 0101 and the primary files flat beside it.

The door to both ends: ``packing`` writes for the e-file, ``unpacking`` reads for a receiver.
"""

from efile.exchange.packing import message_name, pack, package_name
from efile.exchange.unpacking import Limits, Package, unpack

__all__ = ["Limits", "Package", "message_name", "pack", "package_name", "unpack"]
