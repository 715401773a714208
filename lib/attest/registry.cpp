// The rooms that can collect in this build (TEE_PROVIDERS). A room adds one include and one row.
#include "attest/registry.h"

namespace tee::attest {

namespace {

[[maybe_unused]] void add(std::vector<Attester>& rows, const Attester& row) { rows.push_back(row); }
[[maybe_unused]] void add(std::vector<Attester>& rows, std::span<const Attester> more) {
  rows.insert(rows.end(), more.begin(), more.end());
}

// A paravisor's guest may show the device of the hardware below as well: what its owner documents as the way in goes first.
std::vector<Attester> build() {
  std::vector<Attester> rows;
  return rows;
}

}  // namespace

std::span<const Attester> attesters() {
  static const std::vector<Attester> rows = build();
  return rows;
}

bool answers_to(const Attester& row, std::string_view name) {
  if (name == to_string(row.type)) return true;
  return provider_from(name) == row.provider;
}

}  // namespace tee::attest
