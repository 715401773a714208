#include "providers/snp/tcb.h"

#include <algorithm>

namespace tee::snp {

namespace {

struct CpuidRange {
  unsigned family, first_model, last_model;
  Product product;
};

// Family 19h: Milan, Genoa, and Bergamo and Siena, which use Genoa's keys. Family 1Ah: Turin, Venice.
constexpr CpuidRange kCpuids[] = {
    {0x19, 0x00, 0x0f, Product::milan},  {0x19, 0x10, 0x1f, Product::genoa},
    {0x19, 0xa0, 0xaf, Product::genoa},  {0x1a, 0x00, 0x11, Product::turin},
    {0x1a, 0x50, 0x57, Product::venice}, {0x1a, 0x90, 0x9f, Product::venice},
    {0x1a, 0xa0, 0xaf, Product::venice}, {0x1a, 0xc0, 0xc7, Product::venice},
};

struct ProductName {
  std::string_view name;
  Product product;
};

constexpr ProductName kNames[] = {
    {"Milan", Product::milan},   {"Genoa", Product::genoa}, {"Siena", Product::genoa},
    {"Bergamo", Product::genoa}, {"Turin", Product::turin}, {"Venice", Product::venice},
};

}  // namespace

std::string_view to_string(Product p) {
  switch (p) {
    case Product::milan: return "Milan";
    case Product::genoa: return "Genoa";
    case Product::turin: return "Turin";
    case Product::venice: return "Venice";
  }
  return "?";
}

std::optional<Product> product_from_cpuid(unsigned family, unsigned model) {
  for (const CpuidRange& r : kCpuids)
    if (family == r.family && model >= r.first_model && model <= r.last_model) return r.product;
  return std::nullopt;
}

std::optional<Product> product_from_name(std::string_view name) {
  const std::string_view line = name.substr(0, name.find('-'));
  for (const ProductName& n : kNames)
    if (line == n.name) return n.product;
  return std::nullopt;
}

TcbLayout layout_of(Product p) {
  return p == Product::turin || p == Product::venice ? TcbLayout::turin : TcbLayout::classic;
}

std::vector<TcbParts::Part> TcbParts::list() const {
  std::vector<Part> out{{"bl", bl}, {"tee", tee}, {"snp", snp}, {"ucode", ucode}};
  if (fmc) out.insert(out.begin(), {"fmc", *fmc});
  return out;
}

TcbParts parts_of(const TcbVersion& tcb, TcbLayout layout) {
  TcbParts out;
  out.ucode = tcb[7];
  if (layout == TcbLayout::turin) {
    out.fmc = tcb[0];
    out.bl = tcb[1];
    out.tee = tcb[2];
    out.snp = tcb[3];
    out.reserved_clear = (tcb[4] | tcb[5] | tcb[6]) == 0;
  } else {
    out.bl = tcb[0];
    out.tee = tcb[1];
    out.snp = tcb[6];
    out.reserved_clear = (tcb[2] | tcb[3] | tcb[4] | tcb[5]) == 0;
  }
  return out;
}

std::string text_of(const TcbParts& parts) {
  std::string out;
  for (const TcbParts::Part& p : parts.list())
    out += (out.empty() ? "" : ", ") + std::string(p.name) + " " + std::to_string(p.value);
  return out;
}

std::vector<std::string> parts_above(const TcbParts& a, const TcbParts& b) {
  std::vector<std::string> out;
  const auto add = [&out](std::string_view name, unsigned x, unsigned y) {
    if (x > y) out.emplace_back(name);
  };
  add("fmc", a.fmc.value_or(0), b.fmc.value_or(0));
  add("bl", a.bl, b.bl);
  add("tee", a.tee, b.tee);
  add("snp", a.snp, b.snp);
  add("ucode", a.ucode, b.ucode);
  return out;
}

}  // namespace tee::snp
