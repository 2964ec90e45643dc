#!/usr/bin/env bash
# numpy 2.4.6 with scikit-learn 1.9.1: the last bit of a logarithm depends on whether the processor has AVX-512.
# numpy picks a routine by the processor (its level X86_V4), so `log`, `log1p` and `exp` of the same float64, and with
# them the bytes of TfidfTransformer's `idf_`, differ between two machines with the same packages, seeds, BLAS kernel
# and threads. This runs the same sums with the level and without it; where the processor has none it cannot tell, says
# so and exits 0.
# Seen: log1p(2) differs; of 200,000 numbers 8 differ in log, 2,000 in log1p; of 2,000 values of idf_ one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 scikit-learn==1.9.1
cd "$work"
cat > sums.py <<'PY'
import sys

import numpy as np
from numpy.lib.introspect import opt_func_info
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer

numbers = np.arange(1.0, 200_001.0)
# term i stands in the first i of 2,000 texts
postings = csr_matrix(np.triu(np.ones((2_000, 2_000))))
idf = TfidfTransformer().fit(postings).idf_
np.savez(sys.argv[1], log=np.log(numbers), log1p=np.log1p(numbers), exp=np.exp(numbers / 1e3), idf_=idf)
print(next(iter(opt_func_info("^log$", "float64")["log"].values()))["current"])
PY
export OPENBLAS_CORETYPE=Haswell OPENBLAS_NUM_THREADS=1
level=$(venv/bin/python sums.py with.npz)
if [ "$level" != X86_V4 ]; then
    echo "cannot tell on this processor: numpy's level is $level, not X86_V4"
    exit 0
fi
NPY_DISABLE_CPU_FEATURES=X86_V4 venv/bin/python sums.py without.npz > /dev/null
venv/bin/python - <<'PY'
import sys

import numpy as np

here, there = np.load("with.npz"), np.load("without.npz")
differing = {name: int((here[name] != there[name]).sum()) for name in here}
for name, count in differing.items():
    print(f"seen: {name}: {count:,} of {len(here[name]):,} differ")
print(f"seen: log1p(2): {here['log1p'][1].hex()} with AVX-512, {there['log1p'][1].hex()} without")
same = all(differing.values()) and here["log1p"][1] != there["log1p"][1]
print("as recorded" if same else "CHANGED")
sys.exit(not same)
PY
