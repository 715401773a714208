#include "providers/shared/machine/cpuid.h"

#include <doctest/doctest.h>

using namespace tee;
using machine::Cpuid;

TEST_CASE("recorded CPUID: the lines of cpuid -1 -r") {
  const auto cpuid = Cpuid::parse(
      "CPU:\n"
      "   0x00000000 0x00: eax=0x0000000d ebx=0x68747541 ecx=0x444d4163 edx=0x69746e65\n"
      "   0x00000001 0x00: eax=0x00000000 ebx=0x00000000 ecx=0x80000000 edx=0x00000000\n"
      "   0x0000000d 0x01: eax=0x00000007 ebx=0x00000000 ecx=0x00000000 edx=0x00000000\r\n"
      "   0x40000000 0x00: eax=0x40000001 ebx=0x4b4d564b ecx=0x564b4d56 edx=0x0000004d\n");
  REQUIRE(cpuid.has_value());
  CHECK(cpuid->origin() == machine::CpuidOrigin::file);
  CHECK(cpuid->vendor() == "AuthenticAMD");
  CHECK(cpuid->hypervisor() == "KVMKVMKVM");
  CHECK(cpuid->virtualised() == true);
  REQUIRE(cpuid->leaf(0xd, 1).has_value());
  CHECK(cpuid->leaf(0xd, 1)->eax == 7);
  CHECK_FALSE(cpuid->leaf(0xd, 0).has_value());
}

TEST_CASE("recorded CPUID: the first processor counts") {
  const auto cpuid = Cpuid::parse("CPU 0:\n0x1 0x0: eax=0x1 ebx=0x0 ecx=0x0 edx=0x0\nCPU 1:\n0x1 0x0: eax=0x2 ebx=0x0 ecx=0x80000000 edx=0x0\n");
  REQUIRE(cpuid.has_value());
  CHECK(cpuid->leaf(1)->eax == 1);
  CHECK(cpuid->virtualised() == false);
}

TEST_CASE("bad-cpuid: any other line is refused by its number") {
  for (const char* line : {"nonsense", "0x1 0x0: eax=1 ebx=0x0 ecx=0x0 edx=0x0", "0x1 0x0: eax=0x1 ebx=0x0 ecx=0x0", "0x1: eax=0x1 ebx=0x0 ecx=0x0 edx=0x0",
                           "0x1 0x0: eax=0x123456789 ebx=0x0 ecx=0x0 edx=0x0", "0x1 0x0: eax=0x1 ebx=0x0 ecx=0x0 edx=0x0 more", "0x 0x0: eax=0x1 ebx=0x0 ecx=0x0 edx=0x0",
                           "0x1 0x0: eax=0x-1 ebx=0x0 ecx=0x0 edx=0x0"}) {
    CAPTURE(line);
    const auto cpuid = Cpuid::parse("CPU:\n" + std::string(line));
    REQUIRE_FALSE(cpuid.has_value());
    CHECK(cpuid.error().message == "line 2 is not a line of `cpuid -r`");
  }
}

TEST_CASE("bad-cpuid: too many leaves") {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "0x" + std::to_string(i) + " 0x0: eax=0x0 ebx=0x0 ecx=0x0 edx=0x0\n";
  CHECK_FALSE(Cpuid::parse(text).has_value());
}

#if defined(__x86_64__)
TEST_CASE("this processor names its vendor, and no leaf above its largest") {
  System here;
  here.getenv = [](const char*) { return std::nullopt; };
  const Cpuid cpuid = Cpuid::of(here);
  CHECK(cpuid.origin() == machine::CpuidOrigin::processor);
  CHECK_FALSE(cpuid.vendor().empty());
  CHECK_FALSE(cpuid.leaf(0x0fffffff).has_value());
  CHECK_FALSE(cpuid.leaf(0x8fffffff).has_value());
}
#endif
