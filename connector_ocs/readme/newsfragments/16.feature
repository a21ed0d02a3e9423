Computers show whether the next run imports them again, and why; what changes meanwhile is
reported. A run ends with its last import. A copied machine that has the ID of its original
on a replaced server is recognized in the same run. Text from OCS is cleaned in one place,
and a run asks OCS for its version once.
