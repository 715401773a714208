// Loose files of collateral: what each is, is told by its bytes.
#include "evidence/collateral.h"

#include <filesystem>

#include "base/env.h"
#include "crypto/digest.h"
#include "materials.h"

using namespace tee;
using namespace tee::test;

TEST_CASE("collateral files: certificates and CRLs in every spelling") {
  CHECK(holds(some_certificate()) == "1c 0r");
  CHECK(holds(some_crl()) == "0c 1r");
  CHECK(holds(certificate_pem()) == "1c 0r");
  CHECK(holds("subject=/CN=x\n" + certificate_pem() + "\n" + crl_pem() + certificate_pem()) == "2c 1r");
  CHECK(holds(hex(some_crl()) + "\n") == "0c 1r");
  CHECK(holds(base64(some_certificate())) == "1c 0r");
  CHECK(holds(base64(as_bytes(certificate_pem()))) == "1c 0r");
  CHECK(holds(ocsp_answer()) == "0c 0r ocsp_response");
}

TEST_CASE("collateral files: issuer chains as percent-encoded header values") {
  std::string encoded;
  for (char c : certificate_pem()) {
    if (c == ' ')
      encoded += "%20";
    else if (c == '\n')
      encoded += "%0A";
    else if (c == '+')
      encoded += "%2b";
    else if (c == '/')
      encoded += "%2F";
    else
      encoded += c;
  }
  CHECK(holds(encoded) == "1c 0r");
  CHECK(holds("TCB-Info-Issuer-Chain: " + encoded + "\r\n") == "1c 0r");
  CHECK(holds("-----BEGIN%20CERTIFICATE-----%0") == "collateral.malformed");
}

TEST_CASE("collateral files: key sets, manifests, reference values") {
  CHECK(holds(R"({"keys":[{"kty":"EC","crv":"P-384"}]})") == "0c 0r jwks");
  CHECK(holds(R"({"kty":"RSA","n":"AQAB","e":"AQAB"})") == "0c 0r jwks");
  CHECK(holds(R"({"x5c":["MIIB"]})") == "0c 0r jwks");
  CHECK(holds("<SoftwareIdentity xmlns=\"x\"/>") == "0c 0r rim");
  CHECK(holds("<?xml version=\"1.0\"?>\n<ns0:SoftwareIdentity xmlns:ns0=\"x\"/>") == "0c 0r rim");
  CHECK(holds(R"({"id":"NV","rim":")" + base64(as_bytes("<SoftwareIdentity/>")) + R"(","sha256":"00"})") ==
        "0c 0r rim");
  CHECK(holds(R"({"schema":"tee.reference-values/1","chip":"GH100"})") == "0c 0r reference_values");
  CHECK(holds(R"({"vcekCert":)" + Json(certificate_pem()).dump() + R"(,"certificateChain":)" +
              Json(certificate_pem() + certificate_pem()).dump() + R"(,"tcbm":"DB18000000000004"})") ==
        "3c 0r");
}

TEST_CASE("collateral files: source, hash and origin of each item") {
  const Result<CollateralSet> set =
      read_collateral(as_bytes(certificate_pem()), "vcek.pem", Origin::embedded);
  REQUIRE(set);
  REQUIRE(set->certificates.size() == 1);
  CHECK(set->certificates[0].source == "vcek.pem");
  CHECK(set->certificates[0].origin == Origin::embedded);
  CHECK(set->certificates[0].sha256 == crypto::sha256(some_certificate()));
}

TEST_CASE("bad-collateral-unrecognised: everything else") {
  for (const std::string& content :
       {std::string(), std::string("hello\n"), std::string("# Manifest\n\ntext, text."), std::string("{}"),
        std::string("[]"), std::string("{\"schema\":\"tee.result/1\"}"),
        std::string("{\"schema\":\"tee.collateral/2\",\"items\":[]}"), std::string("{not json"),
        std::string(4096, '\0'), std::string("<html></html>"), hex(as_bytes(hex(some_crl()))),
        std::string("{\"keys\":[]}"), std::string("{\"keys\":[{\"kty\":\"RSA\"}],\"vm-configuration\":{}}"),
        pem::encode("PRIVATE KEY", Bytes{0x30, 0x00})}) {
    CAPTURE(content.substr(0, 60));
    CHECK(holds(content) == "collateral.unrecognised");
  }
}

TEST_CASE("bad-collateral-malformed: a known kind, broken further in") {
  Bytes cut = some_certificate();
  cut.pop_back();
  CHECK(holds(cut) == "collateral.unrecognised");  // the outer length no longer fits: not DER at all
  Bytes broken = some_certificate();
  broken[broken.size() / 2] ^= 0xff;  // somewhere in the key
  CHECK((holds(broken) == "collateral.malformed" || holds(broken) == "1c 0r"));
  std::string pem = certificate_pem();
  pem[40] = '!';
  CHECK(holds(pem) == "collateral.malformed");
  CHECK(holds(R"({"vcekCert":"x","certificateChain":"y"})") == "collateral.malformed");
  CHECK(holds(R"({"vcekCert":1})") == "collateral.malformed");
  CHECK(holds(R"({"id":"NV","rim":"?"})") == "collateral.malformed");
  CHECK(holds(R"({"tcbInfo":{"a":1},"tcbInfo":{"a":1},"signature":""})") == "collateral.malformed");
}

TEST_CASE("collateral folders: read in order, strangers passed over, broken files named") {
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "tee-collateral-folder";
  std::filesystem::create_directory(folder);
  const auto put = [&](const char* name, ByteView content) {
    REQUIRE(write_file_atomic((folder / name).string(), content));
  };
  put("a.der", some_certificate());
  put("b.crl", some_crl());
  put("notes.txt", as_bytes("nothing of use"));
  CHECK(holds(load_collateral(folder.string())) == "1c 1r");
  CHECK(holds(load_collateral((folder / "a.der").string())) == "1c 0r");
  CHECK(holds(load_collateral((folder / "notes.txt").string())) == "collateral.unrecognised");
  CHECK(holds(load_collateral((folder / "missing").string())) == "file.unreadable");
  put("c.json", as_bytes(R"({"tcbInfo":[]})"));
  const Result<CollateralSet> broken = load_collateral(folder.string());
  REQUIRE(!broken);
  CHECK(broken.error().code->name == "collateral.malformed");
  CHECK(broken.error().message.find("c.json") != std::string::npos);
  std::filesystem::remove_all(folder);
}
