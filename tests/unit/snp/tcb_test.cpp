// Products and TCB layouts.
#include "providers/snp/tcb.h"

#include <doctest/doctest.h>

using namespace tee::snp;

TEST_CASE("TCB versions read in the layout of their product") {
  // Values of genuine reports: Milan, Genoa, Turin.
  const TcbParts milan = parts_of({0x04, 0, 0, 0, 0, 0, 0x18, 0xdb}, TcbLayout::classic);
  CHECK(text_of(milan) == "bl 4, tee 0, snp 24, ucode 219");
  CHECK(milan.reserved_clear);
  CHECK_FALSE(milan.fmc.has_value());
  const TcbParts turin = parts_of({1, 1, 1, 4, 0, 0, 0, 0x51}, TcbLayout::turin);
  CHECK(text_of(turin) == "fmc 1, bl 1, tee 1, snp 4, ucode 81");
  CHECK(turin.reserved_clear);
}

TEST_CASE("bad-layout: the other layout's bytes fall on reserved ones") {
  CHECK_FALSE(parts_of({1, 1, 1, 4, 0, 0, 0, 0x51}, TcbLayout::classic).reserved_clear);
  CHECK_FALSE(parts_of({0x04, 0, 0, 0, 0, 0, 0x18, 0xdb}, TcbLayout::turin).reserved_clear);
  for (const std::size_t i : {2u, 3u, 4u, 5u}) {
    TcbVersion tcb{};
    tcb[i] = 1;
    CHECK_FALSE(parts_of(tcb, TcbLayout::classic).reserved_clear);
  }
  for (const std::size_t i : {4u, 5u, 6u}) {
    TcbVersion tcb{};
    tcb[i] = 0x80;
    CHECK_FALSE(parts_of(tcb, TcbLayout::turin).reserved_clear);
  }
}

TEST_CASE("TCB versions are compared part by part, never as one number") {
  const TcbParts high_ucode = parts_of({4, 0, 0, 0, 0, 0, 20, 220}, TcbLayout::classic);
  const TcbParts high_snp = parts_of({4, 0, 0, 0, 0, 0, 24, 210}, TcbLayout::classic);
  CHECK(parts_above(high_ucode, high_snp) == std::vector<std::string>{"ucode"});
  CHECK(parts_above(high_snp, high_ucode) == std::vector<std::string>{"snp"});
  CHECK(parts_above(high_snp, high_snp).empty());
}

TEST_CASE("CPUID ranges name the product line, both ends included") {
  CHECK(product_from_cpuid(0x19, 0x00) == Product::milan);
  CHECK(product_from_cpuid(0x19, 0x0f) == Product::milan);
  CHECK(product_from_cpuid(0x19, 0x10) == Product::genoa);
  CHECK(product_from_cpuid(0x19, 0x1f) == Product::genoa);
  CHECK(product_from_cpuid(0x19, 0xa0) == Product::genoa);
  CHECK(product_from_cpuid(0x19, 0xaf) == Product::genoa);
  CHECK(product_from_cpuid(0x1a, 0x00) == Product::turin);
  CHECK(product_from_cpuid(0x1a, 0x11) == Product::turin);
  for (const unsigned model : {0x50u, 0x57u, 0x90u, 0x9fu, 0xa0u, 0xafu, 0xc0u, 0xc7u})
    CHECK(product_from_cpuid(0x1a, model) == Product::venice);
}

TEST_CASE("bad-cpuid: everything else is no product that we know") {
  for (const unsigned model : {0x20u, 0x9fu, 0xb0u, 0xffu})
    CHECK_FALSE(product_from_cpuid(0x19, model).has_value());
  for (const unsigned model : {0x12u, 0x4fu, 0x58u, 0x8fu, 0xb0u, 0xbfu, 0xc8u, 0xffu})
    CHECK_FALSE(product_from_cpuid(0x1a, model).has_value());
  CHECK_FALSE(product_from_cpuid(0x17, 0x31).has_value());
  CHECK_FALSE(product_from_cpuid(0, 0).has_value());
}

TEST_CASE("product names count up to the dash") {
  CHECK(product_from_name("Milan-B0") == Product::milan);
  CHECK(product_from_name("Siena") == Product::genoa);
  CHECK(product_from_name("Bergamo-A1") == Product::genoa);
  CHECK_FALSE(product_from_name("").has_value());
  CHECK_FALSE(product_from_name("milan").has_value());
  CHECK_FALSE(product_from_name("Milan2").has_value());
}
