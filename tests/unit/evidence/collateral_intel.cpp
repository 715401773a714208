// Intel's signed JSON: the exact bytes survive, in whatever form it comes.
#include "materials.h"

using namespace tee;
using namespace tee::test;

namespace {

// Spacing, order and escapes that a re-serialisation would lose.
constexpr std::string_view kBody =
    "{\"version\":3, \"id\" : \"TDX\",\"a\":\"\\u0041\\/\",\n \"fmspc\":\"00aaBB\"}";

const DocumentItem& only_document(const Result<CollateralSet>& set) {
  REQUIRE(set);
  REQUIRE(set->documents.size() == 1);
  return set->documents[0];
}

DocumentItem read_one(std::string_view text) {
  return only_document(read_collateral(as_bytes(text), "f", Origin::supplied));
}

std::string quote_collateral(std::string_view root_crl, std::string_view pck_crl) {
  Json j{{"tcb_info", std::string(kBody)},
         {"tcb_info_signature", signature_hex()},
         {"tcb_info_issuer_chain", certificate_pem() + certificate_pem()},
         {"qe_identity", "{\"id\":\"TD_QE\"}"},
         {"qe_identity_signature", signature_hex()},
         {"qe_identity_issuer_chain", certificate_pem()},
         {"pck_crl_issuer_chain", certificate_pem()},
         {"root_ca_crl", std::string(root_crl)},
         {"pck_crl", std::string(pck_crl)},
         {"pck_certificate_chain", nullptr}};
  return j.dump(2);
}

}  // namespace

TEST_CASE("service answers: the signed bytes are those between the braces") {
  const std::string sig = signature_hex();
  const DocumentItem tcb =
      read_one("{ \"tcbInfo\" : " + std::string(kBody) + " ,\"signature\":\"" + sig + "\"}\n");
  CHECK(tcb.kind == DocumentKind::tcb_info);
  CHECK(as_text(tcb.body) == kBody);
  CHECK(tcb.signature == Bytes(64, 0xaa));
  CHECK(read_one("{\"signature\":\"" + sig + "\",\"enclaveIdentity\":{\"id\":\"QE\"}}").kind ==
        DocumentKind::qe_identity);
  CHECK(read_one("{\"tcbEvaluationDataNumbers\":{},\"signature\":\"" + sig + "\"}").kind ==
        DocumentKind::tcb_evaluation_numbers);
}

TEST_CASE("service answers: a signature that is not well-formed is kept as absent") {
  for (const char* signature : {"", "aa", "zz", "null", "12"}) {
    CAPTURE(signature);
    CHECK(read_one("{\"tcbInfo\":{},\"signature\":\"" + std::string(signature) + "\"}").signature.empty());
  }
  CHECK(read_one("{\"tcbInfo\":{}}").signature.empty());
  CHECK(read_one("{\"tcbInfo\":{},\"signature\":5}").signature.empty());
}

TEST_CASE("quote collateral of DCAP tools: CRLs as hex, base64 or PEM") {
  const std::string crl_hex = hex(some_crl()), crl_b64 = base64(some_crl());
  for (const std::string& text : {quote_collateral(crl_hex, crl_hex), quote_collateral(crl_b64, crl_pem()),
                                  quote_collateral(hex(as_bytes(crl_pem())), crl_hex)}) {
    const Result<CollateralSet> set = read_collateral(as_bytes(text), "f", Origin::supplied);
    REQUIRE(set);
    CHECK(holds(set) == "4c 2r tcb_info qe_identity");
    CHECK(as_text(set->documents[0].body) == kBody);
    CHECK(set->documents[0].signature.size() == 64);
  }
}

TEST_CASE("quote collateral: an object instead of text keeps its exact bytes") {
  const DocumentItem tcb = read_one("{\"tcb_info\": " + std::string(kBody) + ",\"tcb_info_signature\":\"" +
                                    signature_hex() + "\"}");
  CHECK(as_text(tcb.body) == kBody);
}

TEST_CASE("bad-quote-collateral: members that cannot be read") {
  CHECK(holds(R"({"tcb_info":5})") == "collateral.malformed");
  CHECK(holds(R"({"tcb_info":"{}","root_ca_crl":"zz!"})") == "collateral.malformed");
  CHECK(holds(R"({"tcb_info":"{}","root_ca_crl":"3000"})") == "collateral.malformed");
  CHECK(holds(R"({"tcb_info":"{}","pck_crl":[1,2,300]})") == "collateral.malformed");
  CHECK(holds(R"({"tcb_info":"{}","tcb_info_issuer_chain":"none"})") == "collateral.malformed");
  CHECK(holds(R"({"tcb_info":"{}","tcb_info_issuer_chain":5})") == "collateral.malformed");
}
