// What a fuzz target asserts: stops the run with the broken invariant's name, in every build type.
#pragma once

#include <cstdio>
#include <cstdlib>

#define FUZZ_REQUIRE(condition)                                                            \
  do {                                                                                     \
    if (!(condition)) {                                                                    \
      std::fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition);         \
      std::abort();                                                                        \
    }                                                                                      \
  } while (false)
