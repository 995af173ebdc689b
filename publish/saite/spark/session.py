"""Starting Spark, or reaching a cluster; and what it says when something is wrong."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException

from saite.errors import EnvironmentFault, UsageError

_QUIET: Final = Path(__file__).with_name("log4j2.properties")


class Session:
    """A Spark application.

    Attributes:
        context: its door.
        log: what Java says: of a driver's machine, not of the workers'.
    """

    def __init__(self, context: SparkContext, log: Path) -> None:
        self.context = context
        self.log = log

    def explained(self, error: Exception) -> Exception:
        """An error of Spark's as one that people can read; any other as it is."""
        if not isinstance(error, PySparkException) and type(error).__module__.partition(".")[0] != "py4j":
            return error
        return _fault("Spark gave up", str(error), self.log)


@contextmanager
def session(master: str) -> Iterator[Session]:
    """A Spark application, for as long as it is needed.

    Args:
        master: as ``spark-submit --master`` takes it: ``local[2]``, ``spark://head:7077``, ``yarn``, ``k8s://...``.

    Raises:
        UsageError: there is no Java.
        EnvironmentFault: Spark does not start; or gives up, while it is needed.
    """
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise UsageError("Spark needs Java, and there is none", cure="Install Java 17 or 21, or set JAVA_HOME.")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setAppName("saite").setMaster(master)
    conf.setIfMissing("spark.ui.showConsoleProgress", "false")
    conf.setIfMissing("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile={_QUIET.as_uri()}")
    if master.startswith("local"):
        conf.setIfMissing("spark.ui.enabled", "false")
        conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1")
        conf.setIfMissing("spark.driver.host", "127.0.0.1")
    descriptor, name = tempfile.mkstemp(prefix="saite-spark-", suffix=".log")
    log = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file, _standard_error(file.fileno()):
            context = SparkContext(conf=conf)
    except Exception as error:  # Py4J raises what it likes
        raise _fault(f"Spark does not start on {master}", log.read_text(errors="replace") or str(error), log) from error
    found = Session(context, log)
    try:
        yield found
    finally:
        context.stop()
    log.unlink()  # which stays where something went wrong


@contextmanager
def _standard_error(descriptor: int) -> Iterator[None]:
    """Have programs that are started now write elsewhere what they write to standard error."""
    kept = os.dup(2)
    try:
        os.dup2(descriptor, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _fault(what: str, said: str, log: Path) -> EnvironmentFault:
    """An error of what Java said: the first exception that it names; its traces are long."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    told = next((line for line in lines if "Exception:" in line or "Error:" in line), lines[-1] if lines else "")
    reason = told.rpartition("Exception: ")[2]
    return EnvironmentFault(
        f"{what}: {reason}",
        cure=f"Spark's log is {log}; try it on this machine alone: --spark local[2]. Workers need this version of "
        "Saite, and have to see the folder of the output.",
    )
