"""The backend of a benchmark and its runs."""

from time import perf_counter

from . import jobs

NAME = "Benchmark"


def ensure(env, connection, in_chunks=False, chunk_size=0):
    """Return the backend with a connection, and commit it.

    :param connection: values of ocs.backend
    :param in_chunks: whether even few computers are imported in chunks
    :param chunk_size: computers in a chunk, 0 for the default
    """
    backends = env["ocs.backend"]
    backend = backends.search([("name", "=", NAME)])
    values = {"tz": "UTC", **connection}
    if has_chunks(backends):
        values |= backends.default_get(["chunk_size", "chunk_threshold"])
        if in_chunks:
            values["chunk_threshold"] = 1
        if chunk_size:
            values["chunk_size"] = chunk_size
    if backend:
        backend.write(values)
    else:
        backend = backends.create({"name": NAME, **values})
    backend.action_test_connection()
    env.cr.commit()
    return backend


def has_chunks(backend):
    """Return whether the connector imports computers in chunks."""
    return "chunk_size" in backend._fields


def computers(backend):
    """Return the IDs in OCS of the computers that are imported, in ascending order."""
    with backend._for_import().work_on("ocs.computer.binding") as work:
        adapter = work.component(usage="backend.adapter")
        found = adapter.list_ids(0, 10_000_000)
    return sorted(each for each, exclusion in found.items() if not exclusion)


def sections(backend):
    """Return the sections of OCS that the backend imports, hardware first."""
    with backend._for_import().work_on("ocs.computer.binding") as work:
        return list(work.component(usage="backend.adapter")._sections)


def start(env, backend):
    """Start a run and perform its scan.

    :return: the run, and the seconds it took
    """
    begin = perf_counter()
    backend._start_run("button")
    env.cr.commit()
    seconds = perf_counter() - begin
    seconds += jobs.perform_scans(env)
    env.invalidate_all()
    return env["ocs.import.run"].search([], limit=1), seconds


def finish(env):
    """Perform all remaining jobs, and return the seconds they took."""
    seconds = jobs.perform_all(env)
    env.invalidate_all()
    return seconds
