# cmake -C scripts/cmake/coverage.cmake -B build-coverage
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(TEE_COVERAGE ON CACHE BOOL "")
