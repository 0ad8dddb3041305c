"""What a process takes, as Linux counts it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Usage:
    resident_kib: int
    anonymous_kib: int
    """Of the resident: heap and stacks, without the pages of files, which come and go with other processes."""
    cpu_microseconds: float
    """Since the process began, in its own code and in the system's for it; of the threads that live."""

    @classmethod
    def of(cls, pid: int) -> Usage:
        process = Path(f"/proc/{pid}")
        sizes = {}
        for line in (process / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]:
            name, value, *_ = line.split()
            sizes[name] = int(value)
        nanoseconds = sum(int(path.read_text(encoding="ascii").split()[0]) for path in process.glob("task/*/schedstat"))
        return cls(sizes["Rss:"], sizes["Anonymous:"], nanoseconds / 1000)
