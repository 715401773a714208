// Every byte of a report and of a manifest counts, and so does every length.
#include <doctest/doctest.h>

#include "mint/nvidia/device.h"
#include "providers/nvidia/rim.h"
#include "providers/nvidia/spdm.h"

using namespace tee;

namespace nv = mint::nvidia;

namespace {

bool verifies(ByteView bytes, const crypto::PublicKey& key) {
  const auto report = nvidia::parse_report(bytes);
  return report && crypto::verify(key, crypto::Scheme::ecdsa_sha384, report->signed_bytes, report->signature, crypto::EcForm::raw);
}

}  // namespace

TEST_CASE("bad-byte-of-report: nothing in a report can be changed") {
  const auto key = crypto::PrivateKey::generate_ec(crypto::Curve::p384);
  REQUIRE(key.has_value());
  const Bytes report = nv::make_report(nv::hopper_report(), *key).value();
  REQUIRE(verifies(report, key->public_key()));
  for (std::size_t at = 0; at < report.size(); ++at) {
    CAPTURE(at);
    Bytes changed = report;
    changed[at] ^= static_cast<std::uint8_t>(1u << (at % 8));
    REQUIRE_FALSE(verifies(changed, key->public_key()));
  }
}

TEST_CASE("bad-truncated-report: no length but the whole one is a report") {
  const auto key = crypto::PrivateKey::generate_ec(crypto::Curve::p384);
  REQUIRE(key.has_value());
  for (const nv::ReportSpec& spec : {nv::hopper_report(), nv::switch_report()}) {
    const Bytes report = nv::make_report(spec, *key).value();
    for (std::size_t size = 0; size < report.size(); ++size) {
      CAPTURE(size);
      REQUIRE_FALSE(nvidia::parse_report(ByteView(report).first(size)).has_value());
    }
  }
}

TEST_CASE("bad-character-of-rim: a changed manifest does not parse, does not verify, or says the same") {
  nv::RimSpec spec;
  spec.version = "570.86.15";
  spec.active = {{7, {Bytes(48, 0xab), Bytes(48, 0xcd)}}};
  const std::string text = nv::make_rim(spec).value();
  const nvidia::Rim genuine = nvidia::parse_rim(text).value();
  REQUIRE(genuine.digest_holds);
  REQUIRE(genuine.signature_holds);
  std::size_t accepted = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    CAPTURE(at);
    std::string changed = text;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const auto rim = nvidia::parse_rim(changed);
    if (!rim || !rim->digest_holds || !rim->signature_holds) continue;
    ++accepted;  // the certificates behind the first, and what canonicalisation makes equal
    REQUIRE(rim->active == genuine.active);
    REQUIRE(rim->chip == genuine.chip);
    REQUIRE(rim->version == genuine.version);
    REQUIRE(rim->certificates.front().der().size() == genuine.certificates.front().der().size());
  }
  CHECK(accepted < text.size() / 2);
}
