// The table of claims, and --expect.
#include "evidence/claims.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>

#include "base/encoding.h"
#include "base/env.h"
#include "evidence/options.h"

using namespace tee;

namespace {

std::string code_of(std::string_view name, std::string_view value) {
  const Result<Expectation> e = parse_expectation(name, value);
  return e ? "accepted" : std::string(e.error().code->name);
}

std::string hex_of(std::size_t bytes, char digit = '7') { return std::string(bytes * 2, digit); }

bool holds(const ClaimValue& actual, std::string_view name, std::string_view value) {
  const Result<Expectation> e = parse_expectation(name, value);
  REQUIRE(e);
  return meets(actual, *e);
}

Result<std::vector<Expectation>> from_file(std::string_view content) {
  const std::string path = (std::filesystem::temp_directory_path() / "tee-expectations.json").string();
  REQUIRE(write_file_atomic(path, as_bytes(content)));
  Result<std::vector<Expectation>> out = read_expectations(path);
  std::filesystem::remove(path);
  return out;
}

}  // namespace

TEST_CASE("claims table: one kind per name, lengths only for bytes, a phrase for each") {
  std::map<std::string_view, ClaimKind> kinds;
  std::set<std::tuple<EvidenceType, std::string_view, std::size_t>> seen;
  for (const ClaimRow& row : claim_table()) {
    CAPTURE(row.name);
    const auto [it, fresh] = kinds.emplace(row.name, row.kind);
    if (row.name != "image_id") CHECK((fresh || it->second == row.kind));
    CHECK((row.size == 0 || row.kind == ClaimKind::bytes));
    CHECK(!row.what.empty());
    CHECK(seen.emplace(row.type, row.name, row.size).second);
  }
}

TEST_CASE("claims table: what identifies a workload (S5)") {
  std::set<std::string> identities;
  for (const ClaimRow& row : claim_table())
    if (row.identity && row.type != EvidenceType::azure_vtpm && row.type != EvidenceType::gce_vtpm &&
        row.type != EvidenceType::tpm_quote)
      identities.insert(std::string(row.name));
  const std::set<std::string> wanted{"measurement", "mr_td",        "rtmr1",       "rtmr2",
                                     "mr_enclave",  "mr_signer",    "isv_prod_id", "isv_svn",
                                     "pcr0",        "image_digest", "image_signer"};
  CHECK(identities == wanted);
}

TEST_CASE("expectations: each kind of claim") {
  CHECK(holds(Bytes(48, 0x77), "measurement", hex_of(48)));
  CHECK(holds(Bytes(32, 0x77), "measurement", hex_of(32)));
  CHECK(holds(Bytes(32, 0x77), "image_digest", "sha256:" + hex_of(32)));
  CHECK(holds(to_bytes(as_bytes("abc")), "user_data", "text:abc"));
  CHECK(holds(std::uint64_t{65547}, "guest_svn", "65547"));
  CHECK(holds(std::uint64_t{0x3001f}, "policy", "0x3001f"));
  CHECK(holds(false, "debug", "false"));
  CHECK(holds(std::string("Milan"), "product", "Milan"));
  CHECK(holds(Json{{"bl", 4}, {"snp", 24}}, "current_tcb", R"({ "snp": 24, "bl": 4 })"));
  CHECK(holds(Json::array({"a", "b"}), "args", R"(["a","b"])"));
  CHECK(holds(std::string("https://x"), "aud", "https://x"));
  CHECK(holds(Json::array({"a", "b"}), "eat_nonce", R"(["a","b"])"));
}

TEST_CASE("expectations: image_id is bytes of an ID block or the text of a token") {
  CHECK(holds(Bytes(16, 0x77), "image_id", hex_of(16)));
  CHECK(holds(std::string("sha256:" + hex_of(32)), "image_id", "sha256:" + hex_of(32)));
  CHECK(code_of("image_id", hex_of(32)) == "claim.length");
}

TEST_CASE("expectations: a minimum for security versions") {
  CHECK(holds(std::uint64_t{5}, "isv_svn", ">=5"));
  CHECK(holds(std::uint64_t{6}, "isv_svn", ">=5"));
  CHECK_FALSE(holds(std::uint64_t{4}, "isv_svn", ">=5"));
  CHECK_FALSE(holds(std::uint64_t{6}, "isv_svn", "5"));
  CHECK(code_of("policy", ">=5") == "claim.value");
  CHECK(code_of("measurement", ">=5") == "claim.value");
}

TEST_CASE("bad-expectation-near-miss: equal means the whole value of the same kind") {
  CHECK_FALSE(holds(Bytes(48, 0x77), "measurement", hex_of(32)));  // never padded or cut
  CHECK_FALSE(holds(std::string(96, '7'), "measurement", hex_of(48)));
  CHECK_FALSE(holds(std::string("milan"), "product", "Milan"));
  CHECK_FALSE(holds(true, "debug", "false"));
  CHECK_FALSE(holds(Json{{"bl", 4}, {"snp", 24}}, "current_tcb", R"({"bl":4})"));
  Bytes differs(48, 0x77);
  differs.back() ^= 1;
  CHECK_FALSE(holds(differs, "measurement", hex_of(48)));
}

TEST_CASE("bad-expectation-unknown-claim_S28: a suggestion where a name is near") {
  const Result<Expectation> e = parse_expectation("mesurement", hex_of(48));
  REQUIRE(!e);
  CHECK(e.error().code->name == "claim.unknown");
  CHECK(e.error().hint == "did you mean measurement?");
  CHECK(code_of("", "1") == "claim.unknown");
  CHECK(code_of("gpu.measurement", hex_of(48)) == "claim.unknown");
  CHECK(code_of("driver_version", "550.144.03") == "accepted");
  CHECK(code_of("gpu.driver_version", "550.144.03") == "accepted");
  CHECK(code_of("switch.vbios_version", "96.10.55.00.01") == "accepted");
  CHECK(code_of("nitrotpm_pcr4", hex_of(48)) == "accepted");
}

TEST_CASE("bad-expectation-length: a length that no evidence has for the claim") {
  CHECK(code_of("measurement", hex_of(47)) == "claim.length");
  CHECK(code_of("measurement", hex_of(64)) == "claim.length");
  CHECK(code_of("report_data", hex_of(32)) == "claim.length");
  CHECK(code_of("mr_enclave", hex_of(48)) == "claim.length");
  CHECK(code_of("pcr0", hex_of(32)) == "accepted");  // a TPM bank has it, an enclave does not
  CHECK(code_of("user_data", "00") == "accepted");
}

TEST_CASE("bad-expectation-all-zero_S5: zeros never identify a workload") {
  for (const std::string name : {"measurement", "mr_td", "mr_enclave", "mr_signer", "rtmr1", "rtmr2",
                                 "image_digest", "pcr0", "pcr1", "pcr2"}) {
    CAPTURE(name);
    const std::size_t size = name == "mr_enclave" || name == "mr_signer" || name == "image_digest" ? 32 : 48;
    CHECK(code_of(name, hex_of(size, '0')) == "claim.all_zero");
  }
  CHECK(code_of("measurement", hex_of(32, '0')) == "claim.all_zero");
  CHECK(code_of("pcr5", hex_of(32, '0')) == "claim.all_zero");
  CHECK(code_of("pcr5", hex_of(48, '0')) == "accepted");  // an enclave without that measurement
  CHECK(code_of("mr_servicetd", hex_of(48, '0')) == "accepted");
  CHECK(code_of("host_data", hex_of(32, '0')) == "accepted");
}

TEST_CASE("bad-expectation-value: values that cannot be read") {
  CHECK(code_of("measurement", "xyz") == "claim.value");
  CHECK(code_of("measurement", "sha256:zz") == "claim.value");
  CHECK(code_of("debug", "no") == "claim.value");
  CHECK(code_of("debug", "True") == "claim.value");
  CHECK(code_of("vmpl", "-1") == "claim.value");
  CHECK(code_of("vmpl", "1 ") == "claim.value");
  CHECK(code_of("vmpl", "0x") == "claim.value");
  CHECK(code_of("vmpl", "18446744073709551616") == "claim.value");
  CHECK(code_of("current_tcb", "4") == "claim.value");
  CHECK(code_of("current_tcb", "{\"bl\":4,\"bl\":4}") == "claim.value");
  CHECK(code_of("measurement", "") == "usage.empty_value");
  CHECK(code_of("product", "") == "usage.empty_value");
  CHECK(code_of("measurement", "@/nonexistent") == "file.unreadable");
}

TEST_CASE("expectations from a file") {
  const auto many = from_file(R"({"measurement":")" + hex_of(48) +
                              R"(","debug":false,"vmpl":0,"current_tcb":{"bl":4},"isv_svn":">=3"})");
  REQUIRE(many);
  CHECK(many->size() == 5);
  const auto nitro = from_file(R"({"Measurements":{"HashAlgorithm":"Sha384 { ... }","PCR0":")" + hex_of(48) +
                               R"(","PCR1":")" + hex_of(48, '1') + R"("}})");
  REQUIRE(nitro);
  REQUIRE(nitro->size() == 2);
  CHECK(nitro->front().name == "pcr0");
}

TEST_CASE("bad-expectations-file: nothing is passed over") {
  for (const char* content :
       {"", "[]", "{}", "{\"measurement\":null}", "{\"measurement\":\"00\"}", "{\"mesurement\":\"00\"}",
        "{\"debug\":true,\"debug\":false}", "{\"debug\":0}", "{\"Measurements\":{\"PCR0\":1}}",
        "{\"Measurements\":{\"HashAlgorithm\":\"Sha384\"}}", "{\"Measurements\":{\"PCR99\":\"00\"}}"}) {
    CAPTURE(content);
    CHECK(!from_file(content));
  }
  CHECK(!read_expectations("/nonexistent"));
}

TEST_CASE("claims in JSON: bytes as hex, large integers as text") {
  CHECK(to_json(ClaimValue(Bytes{0xab, 0x01})) == "ab01");
  CHECK(to_json(ClaimValue(std::uint64_t{1} << 53)) == (std::uint64_t{1} << 53));
  CHECK(to_json(ClaimValue((std::uint64_t{1} << 53) + 1)) == "9007199254740993");
  CHECK(to_json(ClaimValue(true)) == true);
}
