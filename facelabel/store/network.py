"""Is a folder on a network drive?

SQLite's write-ahead log needs memory that all programs on the file share; over a network there is none
(https://sqlite.org/wal.html, "Overview").
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_LINUX = {
    *(
        "nfs",
        "nfs4",
        "cifs",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "coda",
        "ceph",
        "lustre",
        "gfs2",
        "ocfs2",
        "beegfs",
    ),
    *("davfs", "glusterfs", "9p", "vboxsf", "prl_fs", "vmhgfs"),
    *(
        f"fuse.{name}"
        for name in (
            *("sshfs", "davfs2", "glusterfs", "ceph", "rclone", "s3fs", "gcsfuse", "goofys", "cifs", "smbnetfs", "nfs"),
            *("vmhgfs-fuse", "gvfsd-fuse", "juicefs", "mfs", "seaweedfs"),
        )
    ),
}
_MAC = {"smbfs", "nfs", "afpfs", "webdav", "macfuse", "osxfuse"}


def network_kind(folder: Path) -> str | None:
    """The kind of network file system that ``folder`` lies on (such as ``nfs4``); None for a local or unknown disk."""
    if sys.platform == "win32":
        import ctypes

        anchor, remote = os.path.splitdrive(folder.absolute())[0], 4  # DRIVE_REMOTE of GetDriveTypeW
        is_share = anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor + "\\") == remote
        return "a Windows share" if is_share else None
    if sys.platform == "darwin":
        return _mac(folder)
    try:
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    kind = filesystem_of(folder.resolve(), mounts)
    return kind if kind in _LINUX else None


def filesystem_of(folder: Path, mountinfo: str) -> str | None:
    """The type of the file system that holds ``folder`` (absolute), by ``/proc/self/mountinfo`` (man 5 proc).

    The longest mount point that contains the folder counts; of equal ones the last, which covers the earlier.
    """
    found, longest = None, -1
    for line in mountinfo.splitlines():
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if not separator or len(fields) < 5:
            continue
        point = Path(_unescaped(fields[4]))
        if folder.is_relative_to(point) and len(point.parts) >= longest:
            found, longest = after.split(" ")[0], len(point.parts)
    return found


def _unescaped(field: str) -> str:
    for code, character in ((r"\040", " "), (r"\011", "\t"), (r"\012", "\n"), (r"\134", "\\")):
        field = field.replace(code, character)
    return field


def _mac(folder: Path) -> str | None:
    try:
        listed = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found, longest, resolved = None, -1, folder.resolve()
    for line in listed.splitlines():
        place, _, options = line.partition(" on ")[2].rpartition(" (")
        if place and resolved.is_relative_to(place) and len(Path(place).parts) >= longest:
            found, longest = options.split(",")[0].rstrip(")"), len(Path(place).parts)
    return found if found in _MAC else None
