from . import ocs_bench_computer
from . import ocs_bench_line
