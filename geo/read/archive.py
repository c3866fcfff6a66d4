"""What is packed: looked at in the directory of the archive before a byte is unpacked."""

import shutil
import stat
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from geo.read.ledger import shown
from geo.read.limits import ZIP_MEMBERS, ZIP_RATIO, Limits
from geo.read.refusal import RefusedError

_ENCRYPTED = 1
_NEEDED = (".shx", ".dbf")
_TAKEN = (".shp", *_NEEDED, ".prj", ".cpg")
_SMALL = 100_000
"""Bytes below which a member may be as compressible as it likes."""


def inspect(path: Path, limits: Limits, *, flat: bool) -> list[ZipInfo]:
    """Return the members of an archive that is safe to unpack.

    Parameters
    ----------
    path
        The archive.
    limits
        Of what is in it.
    flat
        Whether folders are refused.

    Raises
    ------
    RefusedError
        If it is damaged, too big or too many when unpacked, or holds links or names that lead out.
    """
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise RefusedError("zip_broken") from error
    if len(members) > ZIP_MEMBERS:
        raise RefusedError("zip_too_many_files", found=len(members), limit=ZIP_MEMBERS)
    total = sum(member.file_size for member in members)
    if total > limits.unpacked_mb * 1e6:
        found = round(total / 1e6, 1)
        raise RefusedError("zip_too_big", found_mb=found, limit_mb=limits.unpacked_mb)
    seen: set[str] = set()
    for member in members:
        name = shown(PurePosixPath(member.filename.replace("\\", "/")).name)
        if member.flag_bits & _ENCRYPTED:
            raise RefusedError("zip_encrypted")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise RefusedError("zip_link", member=name)
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        leads_out = not parts or parts[0] == "/" or ".." in parts or ":" in parts[0]
        key = member.filename.casefold()
        if leads_out or (flat and (len(parts) > 1 or member.is_dir())) or key in seen:
            raise RefusedError("zip_path", member=name)
        seen.add(key)
        if member.file_size > max(_SMALL, ZIP_RATIO * member.compress_size):
            raise RefusedError("zip_ratio", member=name, limit=ZIP_RATIO)
    return members


def unpack_shapefile(path: Path, folder: Path, limits: Limits) -> Path:
    """Unpack the one Shapefile of an archive under names of our own; return its .shp.

    Raises
    ------
    RefusedError
        Like `inspect`, and if there is not exactly one Shapefile with all its parts.
    """
    members = inspect(path, limits, flat=True)
    by_ending = {(PurePosixPath(m.filename).stem, _ending(m)): m for m in members}
    stems = [stem for stem, ending in by_ending if ending == ".shp"]
    if len(stems) != 1:
        raise RefusedError("shapefile_count", found=len(stems))
    for ending in _NEEDED:
        if (stems[0], ending) not in by_ending:
            raise RefusedError("shapefile_incomplete", missing=ending)
    try:
        with ZipFile(path) as archive:
            for ending in _TAKEN:
                if (stems[0], ending) in by_ending:
                    _unpack(archive, by_ending[stems[0], ending], folder / f"layer{ending}")
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise RefusedError("zip_broken") from error
    return folder / "layer.shp"


def _ending(member: ZipInfo) -> str:
    return PurePosixPath(member.filename).suffix.lower()


def _unpack(archive: ZipFile, member: ZipInfo, target: Path) -> None:
    # ZipFile ends a member at the size that the directory states, which was looked at.
    with archive.open(member) as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink)
