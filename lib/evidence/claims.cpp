#include "evidence/claims.h"

#include "base/encoding.h"

namespace tee {

Json to_json(const ClaimValue& value) {
  struct Visitor {
    Json operator()(const Bytes& b) const { return hex(b); }
    // JSON readers lose integers above 2^53 (design section 4).
    Json operator()(std::uint64_t n) const { return n > (1ull << 53) ? Json(std::to_string(n)) : Json(n); }
    Json operator()(bool b) const { return b; }
    Json operator()(const std::string& s) const { return s; }
    Json operator()(const Json& j) const { return j; }
  };
  return std::visit(Visitor{}, value);
}

Json to_json(const Claims& claims) {
  Json out = Json::object();
  for (const auto& [name, value] : claims) out[name] = to_json(value);
  return out;
}

bool meets(const ClaimValue& actual, const Expectation& expected) {
  if (expected.op == Expectation::Op::at_least) {
    const auto* have = std::get_if<std::uint64_t>(&actual);
    const auto* want = std::get_if<std::uint64_t>(&expected.value);
    return have && want && *have >= *want;
  }
  if (actual.index() != expected.value.index()) return false;
  if (const auto* bytes = std::get_if<Bytes>(&actual))
    return equal_constant_time(*bytes, std::get<Bytes>(expected.value));
  return actual == expected.value;
}

}  // namespace tee
