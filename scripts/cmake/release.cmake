# cmake -C scripts/cmake/release.cmake -B build
set(CMAKE_BUILD_TYPE Release CACHE STRING "")
set(TEE_WERROR ON CACHE BOOL "")
