// Product lines and what the eight bytes of a TCB_VERSION mean on each (AMD SEV-SNP ABI 56860,
// section 2.2). Floor F3.
//
// Turin moved every part by one byte to make room for the FMC, so a TCB can only be read once the product
// is known. Versions are compared part by part; comparing them as one number would let a high microcode
// hide an old firmware.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tee::snp {

enum class Product { milan, genoa, turin, venice };
std::string_view to_string(Product p);  // "Milan"
// CPUID family and model, both with their extended parts added in; Siena and Bergamo are Genoa.
std::optional<Product> product_from_cpuid(unsigned family, unsigned model);
// "Milan-B0", "Genoa", "Siena": only the text before '-' counts, AMD's stepping in it is unreliable.
std::optional<Product> product_from_name(std::string_view name);

enum class TcbLayout { classic, turin };  // classic: Milan and Genoa; turin: Turin and later
TcbLayout layout_of(Product p);

using TcbVersion = std::array<std::uint8_t, 8>;  // as in the report

struct TcbParts {
  std::uint8_t bl = 0, tee = 0, snp = 0, ucode = 0;
  std::optional<std::uint8_t> fmc;  // Turin and later
  bool reserved_clear = true;       // the bytes that this layout reserves are zero

  struct Part {
    std::string_view name;
    unsigned value;
  };
  std::vector<Part> list() const;
};

TcbParts parts_of(const TcbVersion& tcb, TcbLayout layout);
std::string text_of(const TcbParts& parts);  // "bl 4, tee 0, snp 24, ucode 219"
// Names of the parts in which `a` is above `b`.
std::vector<std::string> parts_above(const TcbParts& a, const TcbParts& b);

}  // namespace tee::snp
