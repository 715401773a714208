// Decoding without judging.
#include "helpers.h"
#include "providers/shared/intel_dcap/describe.h"

using namespace tee;
using namespace tee::test;

TEST_CASE("intel inspect: header, body, sizes and each certificate") {
  const m::Made w = made(m::usual_world(m::For::tdx, 5, m::Body::td15_extended));
  Bytes quote = w.quote.encode();
  quote.resize(quote.size() + 5);
  const Json j = tdx::verifier().inspect(quote).value();
  CHECK(j["header"]["version"] == 5);
  CHECK(j["header"]["tee_type"] == 0x81);
  CHECK(j["body_bytes"] == 885);
  CHECK(j["body"]["mr_td"].get<std::string>().starts_with("7d7d"));
  CHECK(j["body"].contains("servicetd_hash"));
  CHECK(j["trailing_bytes"] == 5);
  const Json& data = j["signature_data"];
  CHECK(data["signature_bytes"] == 64);
  CHECK(data["qe_report"]["isv_svn"] == 7);
  CHECK(data["certification"]["type"] == 5);
  const Json& certificates = data["certification"]["certificates"];
  REQUIRE(certificates.size() == 3);
  CHECK(certificates[0]["subject"].get<std::string>().starts_with("CN=Intel SGX PCK Certificate"));
  CHECK(certificates[0]["sgx_extension"]["fmspc"] == "00806f050000");
  CHECK(certificates[0]["sgx_extension"]["configuration"]["smt_enabled"] == true);
  CHECK(certificates[2]["key"] == "EC P-256");
  CHECK_FALSE(certificates[2].contains("sgx_extension"));
}

TEST_CASE("intel inspect: enclaves, version 3") {
  const Json j = sgx::verifier().inspect(made_sgx().quote.encode()).value();
  CHECK(j["header"]["qe_svn"] == 7);
  CHECK(j["header"]["pce_svn"] == 13);
  CHECK(j["body"]["isv_svn"] == 9);
  CHECK(j["body"]["debug"] == false);
}

TEST_CASE("intel inspect: certification data that holds no certificates") {
  m::Row row;
  row.made = [](m::Made& w) {
    w.quote.certification_type = 3;
    w.quote.certification = Bytes(404, 2);
  };
  const Json plain = sgx::verifier().inspect(made_sgx(row).quote.encode()).value();
  CHECK(plain["signature_data"]["certification"]["pce_svn"] == 0x0202);
  row.made = [](m::Made& w) { w.quote.certification = Bytes(100, 'x'); };
  const Json broken = sgx::verifier().inspect(made_sgx(row).quote.encode()).value();
  CHECK(broken["signature_data"]["certification"].contains("error"));
}

TEST_CASE("intel inspect: what cannot be parsed is an error") {
  const Bytes quote = made_tdx().quote.encode();
  CHECK_FALSE(tdx::verifier().inspect(ByteView(quote).first(100)).has_value());
  CHECK_FALSE(tdx::verifier().inspect(ByteView(quote).first(quote.size() - 1)).has_value());
}
