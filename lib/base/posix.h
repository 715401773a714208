// <fcntl.h> for a program whose namespace is called tee. Floor F0.
//
// glibc declares the system call tee(2) in <fcntl.h> under _GNU_SOURCE, which g++ and clang++ always define
// for C++. A file that opens devices or files itself includes this header instead of <fcntl.h>.
#pragma once

#define tee tee_system_call
#include <fcntl.h>
#undef tee

#include <string>

namespace tee {

// Why a system call failed, in our own words: strerror depends on the locale.
std::string io_cause(int error);

}  // namespace tee
