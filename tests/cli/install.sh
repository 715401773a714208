#!/usr/bin/env bash
# cmake --install: tool, pages, completions, and a library that another project can link.
. "$(dirname "$0")/common.sh"
need install cmake

run cmake --install "$TEE_BUILD" --prefix "$work/prefix"
check "cmake --install" [ "$status" -eq 0 ]
for file in bin/tee-verify share/man/man1/tee-verify.1 share/man/man5/tee-evidence.5 share/man/man7/tee-codes.7 \
  share/bash-completion/completions/tee-verify share/zsh/vendor-completions/_tee-verify share/fish/vendor_completions.d/tee-verify.fish; do
  check "installed: $file" [ -s "prefix/$file" ]
done
check "the mint is not installed" [ -z "$(find prefix -path '*mint*')" ]
gives 0 "the installed tool runs" prefix/bin/tee-verify --version

mkdir other && cat >other/CMakeLists.txt <<'T'
cmake_minimum_required(VERSION 3.22)
project(other LANGUAGES CXX)
find_package(tee-tools REQUIRED)
add_executable(other main.cpp)
target_link_libraries(other PRIVATE tee-tools::tee)
T
cat >other/main.cpp <<'T'
#include "verify/subject.h"
int main() { return tee::verify::recognise({}, "nothing").malformed ? 0 : 1; }
T
if cmake -S other -B other/build -DCMAKE_PREFIX_PATH="$work/prefix" >other.log 2>&1 && cmake --build other/build >>other.log 2>&1; then
  gives 0 "another project links the library" other/build/other
else
  not_ok "another project links the library" "$(grep -m1 -i error other.log)"
fi
