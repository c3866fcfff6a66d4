"""Answers kept on disk by what was asked: whole or not there, never half."""

import gzip
import hashlib
import json
import logging
import os
import tempfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from geo.fetch.refusals import refuse

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """The bytes of an answer and when they were received."""

    body: bytes
    asked: datetime


class Cache:
    """A folder of answers; files may be deleted at any time.

    OSMnx writes its cache in place, so that a fetch that was stopped leaves a torn file which
    every later read falls over; here a file appears under its name when it is whole.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, endpoint: str, query: str, *, now: datetime) -> Kept | None:
        """Return what was kept; None where nothing was, or what was kept is damaged.

        Damaged is as well what answers another question, or was received in the future.
        """
        path = self._path(endpoint, query)
        if not path.is_file():
            return None
        try:
            head, _, body = gzip.decompress(path.read_bytes()).partition(b"\n")
            facts = json.loads(head)
            if facts["sha256"] != hashlib.sha256(body).hexdigest():
                raise ValueError("sha256 differs")
            if (facts["endpoint"], facts["query"]) != (endpoint, query):
                raise ValueError("it answers another question")
            asked = datetime.fromisoformat(facts["asked"])
            if asked.tzinfo is None or asked > now:
                raise ValueError("no time in the past at which it was received")
            return Kept(body, asked)
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
            log.warning("kept answer %s is damaged and is asked again: %s", path.name, error)
            return None

    def write(self, endpoint: str, query: str, body: bytes, asked: datetime) -> None:
        """Keep an answer in place of the one before.

        Raises
        ------
        FetchError
            If it cannot be written.
        """
        try:
            self._write(endpoint, query, body, asked)
        except OSError as error:
            raise refuse("cache", name=self.folder.name, what="cannot be written") from error

    def _write(self, endpoint: str, query: str, body: bytes, asked: datetime) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        facts = {
            "endpoint": endpoint,
            "query": query,
            "asked": asked.isoformat(),
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        head = json.dumps(facts, ensure_ascii=False).encode() + b"\n"
        packed = gzip.compress(head + body, compresslevel=6, mtime=0)
        path = self._path(endpoint, query)
        with tempfile.NamedTemporaryFile(
            dir=self.folder, prefix=".answer-", suffix=".part", delete=False
        ) as file:
            part = Path(file.name)
            try:
                file.write(packed)
                file.flush()
                os.fsync(file.fileno())
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    def _path(self, endpoint: str, query: str) -> Path:
        key = hashlib.sha256(f"{endpoint}\n{query}".encode()).hexdigest()
        return self.folder / f"{key}.json.gz"
