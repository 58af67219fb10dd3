#!/bin/sh
# Makes a virtual environment with the pinned tools and this project, editable, in it.
# usage: environment.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

# hatchling is pinned with the other tools, so the project is built with it and nothing is fetched besides.
requirements="-r requirements/dev.txt"
project="--no-deps --no-build-isolation --editable ."

with_uv() {
    uv venv --quiet --allow-existing --python "$python" "$folder" &&
        uv pip install --quiet --python "$folder/bin/python" $requirements &&
        uv pip install --quiet --python "$folder/bin/python" $project
}

with_pip() {
    "$python" -m venv "$folder" &&
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check $requirements &&
        "$folder/bin/python" -m pip install --quiet --disable-pip-version-check $project
}

if command -v uv >/dev/null 2>&1; then
    # uv does not read pip's settings: where only those name the package index, pip still works.
    with_uv || { echo "uv could not do it, trying pip" >&2; rm -rf "$folder"; with_pip; }
else
    with_pip
fi
