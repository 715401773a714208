# cmake -C scripts/cmake/dev.cmake -B build-dev   Quick builds while working: no debug information, light optimisation.
set(CMAKE_BUILD_TYPE Debug CACHE STRING "")
set(CMAKE_CXX_FLAGS_DEBUG "-O1" CACHE STRING "")
set(TEE_WERROR ON CACHE BOOL "")
