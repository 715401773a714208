// Claims: what the signed bytes state, under normalised names. Floor F2.
//
// The table (claims.cpp) is claims.md as data: every name, its kind and length per evidence type. tee-claims(7) is
// checked against it. A claim only ever comes from signed bytes.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "codec/json.h"
#include "evidence/types.h"

namespace tee {

// bytes (hex in JSON), integer, truth value, exact text, or a list/object.
using ClaimValue = std::variant<Bytes, std::uint64_t, bool, std::string, Json>;
using Claims = std::map<std::string, ClaimValue>;

Json to_json(const ClaimValue& value);
Json to_json(const Claims& claims);

enum class ClaimKind { bytes, integer, boolean, text, json };

struct ClaimRow {
  EvidenceType type;
  std::string_view name;
  ClaimKind kind;
  std::size_t size = 0;      // bytes: exact length; 0 = any
  bool identity = false;     // bold in claims.md: identifies a workload (S5)
  std::string_view what = {};  // one phrase for tee-claims(7)
};
std::span<const ClaimRow> claim_table();

// --expect NAME=VALUE after reading: what the claim must be.
struct Expectation {
  std::string name;
  enum class Op { equals, at_least } op = Op::equals;  // at_least: isv_svn=>=N, integers only
  ClaimValue value;
  std::string given;  // the value as the operator wrote it
};
// Checks name, kind, length and non-zero identity against the whole table. usage errors: claim.unknown (with the nearest
// name), claim.length, claim.value, claim.all_zero.
Result<Expectation> parse_expectation(std::string_view name, std::string_view value);
// --expect @FILE: a JSON object of NAME: VALUE, or the output of nitro-cli ({"Measurements": {"PCR0": …}}). Values are written
// as on the command line; numbers, booleans, lists and objects may stand as JSON.
Result<std::vector<Expectation>> read_expectations(const std::string& file);
// Constant time for bytes. A claim of another kind or length is simply not equal.
bool meets(const ClaimValue& actual, const Expectation& expected);

}  // namespace tee
