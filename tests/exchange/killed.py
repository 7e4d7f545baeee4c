"""Import a file in small chunks and end at once after some time: run as a process by `test_killed.py`."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from detente.exchange.formats import find_importer
from detente.exchange.importing import ParquetFolder, import_files

if __name__ == "__main__":
    path, folder, seconds = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
    threading.Timer(seconds, lambda: os._exit(9)).start()
    import_files(find_importer("gdelt"), [path], ParquetFolder(folder), chunk_bytes=4000)
    os._exit(0)
